// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.viewmodel.Actions;
import dcos.metrics.inspector.viewmodel.Changes;
import dcos.metrics.inspector.viewmodel.ChartModel;
import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.FilterModel;
import dcos.metrics.inspector.viewmodel.Notices;
import dcos.metrics.inspector.viewmodel.ReplayModel;
import dcos.metrics.inspector.viewmodel.SettingsModel;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.StartModel;
import dcos.metrics.inspector.viewmodel.Status;
import dcos.metrics.inspector.viewmodel.Tables;
import dcos.metrics.inspector.viewmodel.TimeStrip;
import dcos.metrics.inspector.viewmodel.WindowModel;
import dcos.metrics.inspector.viewmodel.WindowState;
import java.util.List;
import java.util.Map;
import javafx.collections.FXCollections;

/** A window's model that shows nothing yet. */
public final class EmptyWindow {
  private EmptyWindow() {}

  public static WindowModel model() {
    var actions = new AskedActions();
    var shown = new WindowState();
    return new WindowModel(
        actions,
        Tables.empty(),
        new ChartModel(),
        new FilterModel(_ -> FilterModel.Checked.VALID, (_, _) -> List.of(), _ -> {}, () -> {}),
        new Sidebar(),
        new DetailModel(),
        new TimeStrip(),
        new Status(),
        new Notices(),
        new StartModel(FXCollections.observableArrayList(), actions),
        new ReplayModel(new AskedReplays()),
        settings(shown, actions),
        shown,
        new Changes(),
        () -> {});
  }

  /** Settings that begin with the defaults, and whose use is asked for as a capture. */
  static SettingsModel settings(WindowState shown, Actions actions) {
    try {
      return new SettingsModel(
          OptionValues.of(Map.of(), Map.of()), shown, _ -> true, () -> actions.capture(true));
    } catch (InvalidSettingsException e) {
      throw new AssertionError(e);
    }
  }
}
