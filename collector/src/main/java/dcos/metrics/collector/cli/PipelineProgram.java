// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.StopReport;
import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipeline, as the command runs it. */
final class PipelineProgram implements Program {
  private static final Logger logger = LoggerFactory.getLogger(PipelineProgram.class);

  private final Pipeline pipeline;
  // Set by start(), before the pipeline starts.
  private volatile @Nullable Consumer<String> onFatal;

  PipelineProgram(Settings settings, List<String> settingLines, String version)
      throws UsageException {
    this.pipeline =
        new Pipeline(settings, settingLines, version, ProgramLog::writeLine, this::fail);
    try {
      pipeline.check();
    } catch (IllegalArgumentException e) {
      throw new UsageException(ProgramLog.escape(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void start(Consumer<String> newOnFatal) throws IOException {
    onFatal = newOnFatal;
    pipeline.start();
    var runtime = Runtime.getRuntime();
    var shrinker =
        new HeapShrinker(
            runtime.maxMemory(),
            runtime::totalMemory,
            pipeline::heldBytes,
            runtime::gc,
            System::nanoTime);
    pipeline.every(HeapShrinker.CHECK_PERIOD, shrinker::check);
    logger.atInfo().addKeyValue("endpoint", pipeline.endpoint()).log("listening");
    pipeline
        .httpPort()
        .ifPresent(port -> logger.atInfo().addKeyValue("port", port).log("serving HTTP"));
  }

  @Override
  public ProgramEnd stop(Duration timeout) {
    StopReport report = pipeline.stop(timeout);
    return new ProgramEnd(report.exitCode(), report.summary());
  }

  private void fail(String reason) {
    Consumer<String> reported = onFatal;
    if (reported != null) {
      reported.accept(reason);
    }
  }
}
