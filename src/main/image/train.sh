#!/bin/sh
# Starts hyperfleet.jar of this directory once, with its default roles and none of their services, and ends it when it
# has started. Writes java.options, with what the JVM has to be given to start from what it wrote at its end.
feature=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
if [ "$feature" -ge 25 ]; then
  file=start.aot write=-XX:AOTCacheOutput read=-XX:AOTCache
else
  file=start.jsa write=-XX:ArchiveClassesAtExit read=-XX:SharedArchiveFile
fi
log=$(mktemp)
unset KUBECONFIG

SPRING_DATASOURCE_URL=jdbc:postgresql://localhost:1/none SPRING_FLYWAY_ENABLED=false \
  PUBSUB_EMULATOR_HOST=localhost:1 HYPERFLEET_AUTH_ENABLED=false \
  java $write=$file -jar hyperfleet.jar >"$log" 2>&1 &
started=$!
until grep -q 'Started HyperFleetApplication in' "$log"; do
  if ! kill -0 $started 2>/dev/null; then
    cat "$log"
    exit 1
  fi
  sleep 0.2
done
kill $started
wait $started
rm "$log"

: >java.options
if [ -s $file ]; then
  chmod a+r $file
  # One that the JVM refuses, since it is given another collector for example, is none, and no reason not to start.
  echo "$read=$file" >java.options
fi
