# The bridge in a container: nothing but what it runs on. Build: docker build -t messlo-bridge .
# Every step below is also run, without Docker, by scripts/check-image.mjs.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY bridge/package.json bridge/package.json
COPY sandbox/package.json sandbox/package.json
# The image has Node 24 itself; the npm package of it would only be weight.
RUN npm ci --workspace bridge --ignore-scripts
COPY catalog catalog
COPY bridge bridge
COPY templates templates
RUN npm exec -- tsc -p bridge/tsconfig.build.json
RUN npm ci --workspace bridge --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production BRIDGE_CONFIG=/config/messlo-bridge.yaml
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/bridge/package.json bridge/package.json
COPY --from=build /app/bridge/dist bridge/dist
COPY templates templates
COPY LICENSE LICENSE
RUN mkdir /data && chown node:node /data
# uid 1000; the root file system can be read-only: only /data is written to.
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No shell between: SIGTERM reaches the bridge, which drains.
# The flags are for storms of webhooks: docs/adr/0018.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=200", "bridge/dist/bridge/src/cli/main.js", "start"]
