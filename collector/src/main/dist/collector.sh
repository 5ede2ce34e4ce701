#!/bin/sh
# SPDX-FileCopyrightText: The Metrics Collector authors
# SPDX-License-Identifier: Apache-2.0

# Starts the metrics collector on the runtime beside it, from wherever the folder was put. The JVM takes this
# process's place, so that signals reach it. COLLECTOR_JVM_FLAGS, split at blanks, adds flags of the JVM that beat
# those below.

@LAUNCHER@
archive=$lib/collector.jsa
[ -f "$archive" ] || archive=

# Of glibc's arenas, each of which keeps what it has freed, one for all threads and one beside it.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"

# The flags, in their order:
# - one small heap for a node's 128 MB, with the collector that takes least beside it, and most of it old: the largest
#   blocks go there at once. It is as large as records of the block limit need, and held tight while there are none:
#   a full collection returns all that it may, not a tenth of it at the second and the rest at the fourth in a row;
# - C1 alone: C2 takes 20 MB and wins nothing at a tenth of a core. It may take 768 kB for a method, and leaves
#   those that need more to the interpreter. What runs less than a thousand times is not worth its code;
# - what the compiler and the compression libraries have freed goes back to the system, not only to malloc;
# - small stacks. Of each, the JVM touches at once what native code may need: 40 kB instead of 80 are enough without the
#   JDK's old sockets, which had a buffer of 64 kB on the stack;
# - a table of strings for those that are not in the class archive, which has its own; no file in /tmp;
# - buffers that the JDK keeps for each thread that writes to sockets are bounded;
# - out of memory is the end, the scheduler starts it again: nothing half alive;
# - the JVM's own warnings go to standard error; standard output is the program's;
# - UTF-8 whatever the locale;
# - native code (compression) from a folder, not unpacked into a /tmp that may forbid to execute it;
# - classes as they were after a run that the build made, at the addresses they were made for: a relocated page is
#   one more of our own. Without the archive all works, but starts slower and takes more.
set -f # COLLECTOR_JVM_FLAGS is split, and nothing more
# shellcheck disable=SC2086 # COLLECTOR_JVM_FLAGS is to be split
exec "$home/runtime/bin/java" \
  -Xms8m -Xmx38m -Xmn3m -XX:+UseSerialGC -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps \
  -XX:TieredStopAtLevel=1 -XX:CompileCommand=quiet '-XX:CompileCommand=MemLimit,*.*,768K' \
  -XX:Tier3InvocationThreshold=1000 -XX:Tier3MinInvocationThreshold=500 -XX:Tier3CompileThreshold=4000 \
  -XX:TrimNativeHeapInterval=500 \
  -Xss256k -XX:StackShadowPages=10 -XX:StringTableSize=4096 -XX:-UsePerfData \
  -Djdk.nio.maxCachedBufferSize=65536 \
  -XX:+ExitOnOutOfMemoryError \
  -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=error:stderr '-Xlog:aot*=off:stderr' '-Xlog:cds*=off:stderr' \
  -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Djava.library.path="$lib/native" -Dorg.xerial.snappy.use.systemlib=true -DZstdNativePath="$lib/native/libzstd-jni.so" \
  -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 ${archive:+"-XX:SharedArchiveFile=$archive"} \
  ${COLLECTOR_JVM_FLAGS-} \
  -cp "@CLASS_PATH@" \
  dcos.metrics.collector.cli.Main "$@"
