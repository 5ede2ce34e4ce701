# SPDX-FileCopyrightText: The Metrics Collector authors
# SPDX-License-Identifier: Apache-2.0

# The beginning of both launchers, which the packages' layout copies into them: sets home and lib, wherever the folder
# was put, and clears what would change the JVM.

self=$0
while [ -h "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=${self%/*}/$link ;;
  esac
done
case $self in
  */*) folder=${self%/*} ;;
  *) folder=. ;;
esac
home=$(CDPATH='' cd -P -- "$folder/.." && pwd -P) || exit 1
case $home in
  *:*)
    echo "@PROGRAM@: cannot run from a folder with a colon in its path: $home" >&2
    exit 1
    ;;
esac
lib=$home/lib

# What others mean for their JVMs is not meant for this one.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH
