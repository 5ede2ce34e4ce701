// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.inspector.export.CopyFormat;
import dcos.metrics.inspector.shell.WindowActions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does nothing, and keeps what it was asked for. */
public final class AskedActions implements WindowActions {
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** What it was asked for, in order. */
  public List<String> asked() {
    return asked;
  }

  @Override
  public void capture(boolean on) {
    asked.add("capture " + on);
  }

  @Override
  public void open(List<Path> files) {
    asked.add("open " + files);
  }

  @Override
  public void startPage() {
    asked.add("start page");
  }

  @Override
  public void openSample() {
    asked.add("open sample");
  }

  @Override
  public void replay() {
    asked.add("replay");
  }

  @Override
  public void save(Path file) {
    asked.add("save " + file);
  }

  @Override
  public void export(Path file) {
    asked.add("export " + file);
  }

  @Override
  public Optional<String> copy(CopyFormat as) {
    asked.add("copy " + as);
    return Optional.of("as " + as);
  }

  @Override
  public void mark() {
    asked.add("mark");
  }

  @Override
  public void nextMark() {
    asked.add("next mark");
  }

  @Override
  public void goTo(long millis) {
    asked.add("go to " + millis);
  }

  @Override
  public void showAll() {
    asked.add("show all");
  }

  @Override
  public void clearView() {
    asked.add("clear view");
  }

  @Override
  public void settings() {
    asked.add("settings");
  }

  @Override
  public void followLink() {
    asked.add("follow link");
  }

  @Override
  public void emit(double recordsPerSecond) {
    asked.add("emit " + Math.round(recordsPerSecond));
  }
}
