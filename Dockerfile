# syntax=docker/dockerfile:1
# One image for every role: `docker run … propusk serve`, `web`, `worker`, `migrate`, `invite create premium`.
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends maven nodejs npm \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN mvn -B -ntp -q -DskipTests -Dspotless.check.skip=true package

FROM eclipse-temurin:25-jre
# The launcher starts PostgreSQL and its children with setpriv and setsid.
RUN apt-get update \
 && apt-get install -y --no-install-recommends util-linux \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/propusk propusk \
 && install -d -m 0700 -o propusk -g propusk /var/lib/propusk
COPY --from=build /source/app/target/app-0.1.0.jar /opt/propusk/
COPY --from=build /source/app/target/lib /opt/propusk/lib
ENV PROPUSK_STATE_DIR=/var/lib/propusk
USER propusk
VOLUME /var/lib/propusk
EXPOSE 8080
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-jar", "/opt/propusk/app-0.1.0.jar"]
CMD ["serve"]
