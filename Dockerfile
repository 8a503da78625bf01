# The desk as one image: a web process, a worker or a single command, by what it is told to run.
# Every package is checked against its hash, and no package manager remains in what runs.

FROM python:3.11-slim AS build

WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_PYTHON=/opt/foi/bin/python
RUN python -m venv --without-pip /opt/foi

# The packages change seldom and the program often, so the packages come first.
COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: --requirement requirements.lock

COPY pyproject.toml LICENSE ./
COPY config config
COPY workflow workflow
COPY bot bot
RUN pip install --no-deps --no-build-isolation . \
    && /opt/foi/bin/foi --help > /dev/null


FROM python:3.11-slim

LABEL org.opencontainers.image.title="FOI Desk" \
      org.opencontainers.image.licenses="MIT"

RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin foi \
    && install --directory --owner foi --group foi --mode 0750 /srv/foi
COPY --from=build /opt/foi /opt/foi

# Inside a container the outside is the container's own network: publish the port where you mean to.
ENV PATH=/opt/foi/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    FOI_HOST=0.0.0.0 \
    FOI_PORT=3000 \
    FOI_DATABASE_URL=sqlite:////srv/foi/foi-desk.db

WORKDIR /srv/foi
VOLUME /srv/foi
EXPOSE 3000
USER 10001:10001

HEALTHCHECK --interval=60s --timeout=15s --start-period=30s --retries=3 CMD ["foi", "doctor"]

CMD ["foi", "serve"]
