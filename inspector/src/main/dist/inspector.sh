#!/bin/sh
# SPDX-FileCopyrightText: The Metrics Collector authors
# SPDX-License-Identifier: Apache-2.0

# Starts the Inspector on the runtime beside it, from wherever the folder was put. INSPECTOR_JVM_FLAGS, split at
# blanks, adds flags of the JVM that beat those below.

@LAUNCHER@
cache=$lib/inspector.aot
[ -f "$cache" ] || cache=
huge=-XX:+UseTransparentHugePages
[ -d /sys/kernel/mm/transparent_hugepage ] || huge=

# - classes as they were after a run that the build made: without that all works, but starts slower;
# - the JVM's own errors go to standard error, but for those of that cache: it may have been copied without its times;
# - a heap that holds the index of a long recording and no more, and a collector without marking beside the window;
# - where there are large pages, a heap of them: all series are gone through again and again;
# - out of memory is the end: nothing half alive;
# - UTF-8 whatever the locale;
# - native code (windows, compression) from a folder, not unpacked at the start.
set -f # INSPECTOR_JVM_FLAGS is split, and nothing more
# shellcheck disable=SC2086 # INSPECTOR_JVM_FLAGS is to be split
exec "$home/runtime/bin/java" \
  -Xlog:disable -Xlog:all=error:stderr '-Xlog:aot*=off:stderr' '-Xlog:cds*=off:stderr' \
  ${cache:+"-XX:AOTCache=$cache"} -Xms64m -Xmx512m -XX:+UseParallelGC ${huge:+"$huge"} -XX:-UsePerfData \
  -XX:+ExitOnOutOfMemoryError \
  -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
  --enable-native-access=ALL-UNNAMED,javafx.graphics --sun-misc-unsafe-memory-access=allow \
  -Djava.library.path="$lib/native" -Dorg.xerial.snappy.use.systemlib=true -DZstdNativePath="$lib/native/libzstd-jni.so" \
  ${INSPECTOR_JVM_FLAGS-} \
  -cp "@CLASS_PATH@" \
  dcos.metrics.inspector.cli.Main "$@"
