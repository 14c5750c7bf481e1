# Strideback's two images: `app` for web, worker, beat and migrate; `proxy` for TLS and static files.

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --require-hashes --requirement requirements.txt
WORKDIR /app
COPY manage.py ./
COPY config config
COPY clinic clinic
COPY assessments assessments
COPY programs programs
COPY templates templates
COPY static static
# production settings refuse weak values, so collecting the static files gets made-up ones that no server ever uses
RUN set -a && . config/server/collectstatic.env && /venv/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.11-slim-bookworm AS app
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent strideback
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH DJANGO_SETTINGS_MODULE=config.settings.production PYTHONUNBUFFERED=1 XDG_CACHE_HOME=/tmp
USER 10001
EXPOSE 8000
# no access log: the addresses of patients' pages are keys
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]

FROM caddy:2-alpine AS proxy
COPY config/server/Caddyfile /etc/caddy/Caddyfile
COPY --from=build /app/staticfiles /srv/static
