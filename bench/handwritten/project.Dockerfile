# What a careful engineer writes today for any project of Python: multi-stage, uv from a ready image as uv's own
# guide does, compilers in the build stage alone, byte code compiled, a user. Its context holds the project's
# repository in source/ and the versions of its lock in constraints.txt.
ARG PARENT
ARG UV_IMAGE
FROM ${UV_IMAGE} AS uv

FROM ${PARENT} AS build
ARG UV_DEFAULT_INDEX
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential python3-dev git \
    && rm -rf /var/lib/apt/lists/*
COPY --from=uv /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy VIRTUAL_ENV=/appenv
RUN uv venv /appenv
COPY constraints.txt /tmp/constraints.txt
COPY source /src
ARG PROJECT
ARG UV_EXCLUDE_NEWER
RUN --mount=type=secret,id=ca if [ -s /run/secrets/ca ]; then export SSL_CERT_FILE=/run/secrets/ca; fi \
    && uv pip install --no-cache --constraints /tmp/constraints.txt "${PROJECT}"

FROM ${PARENT}
RUN useradd --uid 10001 --create-home --home-dir /app app
COPY --from=build /appenv /appenv
ENV VIRTUAL_ENV=/appenv PATH=/appenv/bin:$PATH PYTHONUNBUFFERED=1
USER app
WORKDIR /app
