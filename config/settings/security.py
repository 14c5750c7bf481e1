"""Security in one page: who may stay, what a browser may load, what is limited. Imported by every settings module.

A reviewer should be able to judge the installation from this page, `config/settings/production.py` (which refuses
weak values) and `clinic/middleware.py` (login by default, session limits, current clinic).
"""

from csp.constants import NONE, SELF

# --- Login -----------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "clinic.accounts.ClosedSignup"  # people are invited by their clinic, nobody signs up
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation mail proves the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Sessions --------------------------------------------------------------------------------------------------
SESSION_IDLE_MINUTES = 30  # signed out after this long without a request
SESSION_LIMIT_HOURS = 12  # and after a working day whatever happens
SESSION_COOKIE_AGE = SESSION_LIMIT_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "clinic.views.errors.csrf_failure"

# --- What a browser may load: our own files, nothing from the internet, nothing inline ---------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"

# --- Patients' links -------------------------------------------------------------------------------------------
PATIENT_LINK_BYTES = 24  # 192 bits of randomness, stored hashed
PATIENT_LINK_TRIES_PER_MINUTE = 30  # unknown links from one address before it has to wait
BIRTH_YEAR_TRIES = 5  # in a quarter of an hour, for one link
BIRTH_YEAR_TRIES_A_DAY = 15  # for one link: a stranger with the link needs days, and the clinic can renew it
BIRTH_YEAR_TRIES_FROM_ONE_ADDRESS = 30  # in a quarter of an hour: a clinic's own network may have many runners
BIRTH_YEAR_REMEMBERED_DAYS = 90  # on a device where it was right
LOST_LINK_TRIES_FROM_ONE_ADDRESS = 10  # in a quarter of an hour
LOST_LINK_TRIES_FOR_ONE_EMAIL = 3  # in an hour
LOST_LINK_ANSWER_SECONDS = 0.4  # every answer takes as long, so that its time tells nothing

# --- Size of what may be sent ----------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = [
    "clinic.uploads.UpToALimit",  # of each file the first eleven megabytes; the form says that it is too large
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
