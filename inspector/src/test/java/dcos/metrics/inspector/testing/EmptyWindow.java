// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.chart.ChartModel;
import dcos.metrics.inspector.detail.DetailModel;
import dcos.metrics.inspector.filterline.FilterLineModel;
import dcos.metrics.inspector.replay.ReplayModel;
import dcos.metrics.inspector.settingspanel.SettingsPanelModel;
import dcos.metrics.inspector.shell.RefreshFlag;
import dcos.metrics.inspector.shell.WindowActions;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.shell.WindowTables;
import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.start.StartModel;
import dcos.metrics.inspector.statusbar.StatusBarModel;
import dcos.metrics.inspector.timeline.TimelineModel;
import dcos.metrics.inspector.workspace.NoticesModel;
import dcos.metrics.inspector.workspace.WindowState;
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
        WindowTables.empty(),
        new ChartModel(),
        new FilterLineModel(
            _ -> FilterLineModel.FilterCheck.VALID, (_, _) -> List.of(), _ -> {}, () -> {}),
        new SidebarModel(),
        new DetailModel(),
        new TimelineModel(),
        new StatusBarModel(),
        new NoticesModel(),
        new StartModel(FXCollections.observableArrayList(), actions),
        new ReplayModel(new AskedReplays()),
        settings(shown, actions),
        shown,
        new RefreshFlag(),
        () -> {});
  }

  /** Settings that begin with the defaults, and whose use is asked for as a capture. */
  static SettingsPanelModel settings(WindowState shown, WindowActions actions) {
    try {
      return new SettingsPanelModel(
          OptionValues.of(Map.of(), Map.of()), shown, _ -> true, () -> actions.capture(true));
    } catch (InvalidSettingsException e) {
      throw new AssertionError(e);
    }
  }
}
