"""The embedded default: database, broker, mail catcher and every process of the product on one machine.

`make run` and `make test` come through here. Only the standard library is used until the environment is installed.
Servers never load this package; they use docker-compose.yml or their own database and broker.
"""
