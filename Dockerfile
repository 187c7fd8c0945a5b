# Two images, told apart by --target:
#   slim      a ClickHouse server is given (CLICKHOUSE_URL); the default
#   embedded  ClickHouse inside (chDB), for one machine
#
#   docker build --target slim -t balise:slim .
#
# Debian, not Alpine: chDB is built for glibc, and both images run the same Node.
ARG NODE_IMAGE=node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
ENV CI=true
COPY package.json ./
RUN npm install --global "$(node --print 'require("./package.json").packageManager')"
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
RUN pnpm fetch
COPY tsconfig.base.json ./
COPY packages packages
RUN pnpm install --offline --frozen-lockfile
RUN pnpm run build
# What a new volume on /data starts from: the folder of the user below, and nothing in it.
RUN mkdir -p out/data

FROM build AS build-slim
RUN pnpm --filter @balise/collector --config.inject-workspace-packages=true deploy --offline --prod --no-optional out/slim

FROM build AS build-embedded
RUN pnpm --filter @balise/collector --config.inject-workspace-packages=true deploy --offline --prod out/embedded

# No RUN from here on: nothing is downloaded into the images, and no layer holds what another removes.
FROM ${NODE_IMAGE} AS runtime
LABEL org.opencontainers.image.title="Balise" \
      org.opencontainers.image.description="Collector of events: durable before it answers, stored in ClickHouse." \
      org.opencontainers.image.licenses="MIT"
# A folder in the volume: the collector makes it for itself alone, whatever is mounted there.
ENV NODE_ENV=production \
    BALISE_HOST=0.0.0.0 \
    BALISE_DATA_DIR=/data/balise
COPY --from=build --chown=1000:1000 /src/out/data /data
WORKDIR /app
# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 8787
STOPSIGNAL SIGTERM
# The start may wait 15 s for the data directory of a collector that was killed.
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s --retries=3 CMD ["node", "/app/bin/live.js"]
ENTRYPOINT ["node", "/app/bin/balise.js"]
CMD ["start"]

FROM runtime AS embedded
COPY --from=build-embedded /src/out/embedded /app

FROM runtime AS slim
COPY --from=build-slim /src/out/slim /app
