#!/bin/sh
# Puts the jars of MLflow's Java client (test/compat/java/pom.xml) into .cache/java, and installs a JDK and Maven first
# where they are missing. Run from the repository's root. Does nothing when the jars are those of the pom.
set -eu

wanted=test/compat/java/pom.xml
jars=.cache/java
stamp=$jars/installed-pom.xml

for tool in java javac mvn; do
  command -v "$tool" >/dev/null || {
    sh scripts/install-debian.sh default-jdk-headless maven
    break
  }
done

if [ -f "$stamp" ] && cmp -s "$wanted" "$stamp"; then
  exit 0
fi

echo "Fetching MLflow's Java client into $jars ..." >&2
rm -rf "$jars"
# Maven waits half an hour for an answer unless it is told otherwise: by rto up to 3.8, by requestTimeout from 3.9.
mvn --quiet --batch-mode -Dmaven.wagon.rto=60000 -Daether.connector.requestTimeout=60000 \
  --file "$wanted" org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies \
  -DoutputDirectory="$PWD/$jars" >&2
cp "$wanted" "$stamp"
