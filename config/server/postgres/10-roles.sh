#!/bin/sh
# Runs once, when the database is made: the owner migrates, the application works under row-level security.
set -eu
psql --set ON_ERROR_STOP=1 --quiet --no-psqlrc --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$DATABASE_OWNER_PASSWORD" --set app_password="$DATABASE_APP_PASSWORD" <<'SQL'
CREATE ROLE strideback_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE strideback_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
CREATE DATABASE strideback OWNER strideback_owner;
REVOKE ALL ON DATABASE strideback FROM PUBLIC;
GRANT CONNECT ON DATABASE strideback TO strideback_app;
\connect strideback
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
SQL
