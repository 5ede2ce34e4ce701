// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.control;

import dcos.metrics.inspector.control.CellPane.TextAlignment;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.table.Column;
import dcos.metrics.inspector.table.RowWindow;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.Rectangle;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** A table's cells, one kind for each kind of content. */
public final class TableCells {
  private static final double PADDING = 16;

  private TableCells() {}

  /**
   * Makes one that shows what is in its line as long as the table is in sight.
   *
   * @param seen told how wide what shows is
   */
  static <T> TableCell<RowWindow.RowLine<T>, RowWindow.RowLine<T>> of(
      Column.CellContent<T> content, ObservableValue<Boolean> inSight, DoubleConsumer seen) {
    return switch (content) {
      case Column.TextContent<T> words ->
          new TextCell<>(
              words, words.endTells() ? TextAlignment.MIDDLE : TextAlignment.LEFT, inSight, seen);
      case Column.TimeContent<T> instant ->
          new TextCell<>(instant, TextAlignment.LEFT, inSight, seen);
      case Column.NumberContent<T> number ->
          new TextCell<>(number, TextAlignment.RIGHT, inSight, seen);
      case Column.StatusContent<T> status -> new StatusCell<>(status, inSight, seen);
      case Column.TrendContent<T> trend ->
          new DrawnCell<>(new TrendLine(), trend.of(), trend, inSight, seen);
      case Column.DurationContent<T> timeRanges ->
          new DrawnCell<>(new SpanBar(), timeRanges.of(), timeRanges, inSight, seen);
    };
  }

  /** The style class of a tone. */
  public static String styleOf(StatusTone tone) {
    return "tone-" + tone.name().toLowerCase(Locale.ROOT);
  }

  /** A dot in the colour of a tone. */
  public static Region dot(StatusTone tone) {
    var dot = new Region();
    dot.getStyleClass().setAll("dot", styleOf(tone));
    return dot;
  }

  /**
   * What all cells have in common: at most a drawing, and a text that is set a dozen times a
   * second. A text of its own, not the control's: that would be measured, cut and laid out again
   * each time, and the table with it. For the same reason the cell's item is its line, which stays,
   * and the cell itself looks what is in it.
   */
  private abstract static class LineCell<T>
      extends TableCell<RowWindow.RowLine<T>, RowWindow.RowLine<T>> {
    private final CellPane pane;
    private final ObservableValue<Boolean> inSight;
    private Subscription looking = Subscription.EMPTY;
    private RowWindow.@Nullable RowLine<T> line;

    LineCell(CellPane pane, ObservableValue<Boolean> inSight) {
      this.pane = pane;
      this.inSight = inSight;
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      setAlignment(Pos.CENTER_LEFT);
      setGraphic(pane);
      widthProperty().addListener((_, _, now) -> pane.setPrefWidth(now.doubleValue() - PADDING));
      setOnMouseEntered(_ -> setTooltip(pane.isCut() ? whole() : null));
    }

    /** Made for the few cells that it is asked of. */
    private Tooltip whole() {
      var tooltip = new Tooltip(pane.words());
      tooltip.setOnShowing(_ -> tooltip.setText(pane.words()));
      return tooltip;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a line is itself, whatever is in it
    protected void updateItem(RowWindow.@Nullable RowLine<T> item, boolean empty) {
      super.updateItem(item, empty);
      if (item != line) {
        line = item;
        looking.unsubscribe();
        looking =
            item == null
                ? Subscription.EMPTY
                : item.rowProperty().when(inSight).subscribe(this::look);
      }
      if (item == null) {
        pane.setVisible(false);
      }
    }

    private void look(@Nullable T row) {
      pane.setVisible(row != null);
      if (row != null) {
        show(row, pane);
      }
    }

    abstract void show(T row, CellPane pane);
  }

  private static final class TextCell<T> extends LineCell<T> {
    private final Column.CellContent<T> content;

    TextCell(
        Column.CellContent<T> content,
        TextAlignment fit,
        ObservableValue<Boolean> inSight,
        DoubleConsumer seen) {
      super(new CellPane(null, 0, fit, seen), inSight);
      this.content = content;
      if (fit == TextAlignment.RIGHT) {
        getStyleClass().add("figure");
      }
    }

    @Override
    void show(T row, CellPane pane) {
      pane.show(content.text(row));
    }
  }

  private static final class StatusCell<T> extends LineCell<T> {
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final Column.StatusContent<T> content;
    private final Region dot;
    private @Nullable StatusTone shown;

    StatusCell(
        Column.StatusContent<T> content, ObservableValue<Boolean> inSight, DoubleConsumer seen) {
      this(content, dot(StatusTone.QUIET), inSight, seen);
    }

    private StatusCell(
        Column.StatusContent<T> content,
        Region dot,
        ObservableValue<Boolean> inSight,
        DoubleConsumer seen) {
      super(new CellPane(dot, 8, TextAlignment.LEFT, seen), inSight);
      this.content = content;
      this.dot = dot;
    }

    @Override
    void show(T row, CellPane pane) {
      pane.show(content.text(row));
      StatusTone tone = content.tone().apply(row);
      if (tone != shown) { // Styles cost more than all the rest.
        shown = tone;
        dot.getStyleClass().setAll("dot", styleOf(tone));
        pseudoClassStateChanged(BAD, tone == StatusTone.BAD);
      }
    }
  }

  /** A drawing of a few values, and perhaps words behind it. */
  private static final class DrawnCell<T, D extends Region & Drawing> extends LineCell<T> {
    private final D drawing;
    private final Function<T, double[]> values;
    private final Column.CellContent<T> content;
    private double[] drawn = {};

    DrawnCell(
        D drawing,
        Function<T, double[]> values,
        Column.CellContent<T> content,
        ObservableValue<Boolean> inSight,
        DoubleConsumer seen) {
      super(new CellPane(drawing, drawing.getPrefWidth(), TextAlignment.LEFT, seen), inSight);
      this.drawing = drawing;
      this.values = values;
      this.content = content;
    }

    @Override
    void show(T row, CellPane pane) {
      double[] wanted = values.apply(row);
      if (!Arrays.equals(wanted, drawn)) {
        drawn = wanted;
        drawing.draw(wanted);
      }
      pane.show(content.text(row));
    }
  }

  /** What it draws is not managed: it lies within the same bounds, and needs no layout. */
  private interface Drawing {
    void draw(double[] values);
  }

  private static final class TrendLine extends Pane implements Drawing {
    private static final double WIDTH = 100;
    private static final double HEIGHT = 16;

    private final Polyline line = new Polyline();

    TrendLine() {
      line.getStyleClass().add("trend");
      line.setManaged(false);
      setMinSize(WIDTH, HEIGHT);
      setPrefSize(WIDTH, HEIGHT);
      setMaxSize(WIDTH, HEIGHT);
      getChildren().add(line);
    }

    @Override
    public void draw(double[] values) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      double step = values.length < 2 ? 0 : WIDTH / (values.length - 1);
      double scale = high > low ? (HEIGHT - 2) / (high - low) : 0;
      Double[] points = new Double[values.length * 2];
      int n = 0;
      for (int i = 0; i < values.length; i++) {
        if (Double.isFinite(values[i])) {
          points[n++] = i * step;
          points[n++] = scale == 0 ? HEIGHT / 2 : HEIGHT - 1 - (values[i] - low) * scale;
        }
      }
      line.getPoints().setAll(Arrays.copyOf(points, n));
    }
  }

  private static final class SpanBar extends Pane implements Drawing {
    private static final double WIDTH = 44;
    private static final double HEIGHT = 8;

    SpanBar() {
      setMinSize(WIDTH, HEIGHT);
      setPrefSize(WIDTH, HEIGHT);
      setMaxSize(WIDTH, HEIGHT);
    }

    @Override
    public void draw(double[] values) {
      double all = 0;
      for (double value : values) {
        all += value;
      }
      double x = 0;
      for (int i = 0; i < values.length; i++) {
        if (i == getChildren().size()) {
          var part = new Rectangle(0, HEIGHT);
          part.getStyleClass().add("span-" + i);
          part.setManaged(false);
          getChildren().add(part);
        }
        double width = all > 0 ? values[i] / all * WIDTH : 0;
        if (getChildren().get(i) instanceof Rectangle part) {
          part.setX(x);
          part.setWidth(width);
        }
        x += width;
      }
    }
  }
}
