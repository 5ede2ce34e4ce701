// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.replay.ReplayModel.ReplayRequest;
import dcos.metrics.inspector.replay.ReplayModel.ReplaySpeed;
import dcos.metrics.inspector.replay.ReplayModel.ReplayTarget;
import dcos.metrics.inspector.testing.AskedReplays;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayModelTest {
  private static final Path ONE = Path.of("/tmp/input-1.avro");
  private static final Path TWO = Path.of("/tmp/input-2.avro");

  private final AskedReplays asked = new AskedReplays();
  private final ReplayModel model = new ReplayModel(asked);

  @Test
  void offersTheFilesThatAreOpenInTheOrderOfTheirNames() {
    model.offer(List.of(TWO, ONE));

    assertThat(model.shownProperty().get()).isTrue();
    assertThat(model.files()).containsExactly(ONE, TWO);
  }

  @Test
  void keepsTheFilesThatWereChosenWhereNoneIsOpen() {
    model.choose(List.of(ONE));

    model.offer(List.of());

    assertThat(model.files()).containsExactly(ONE);
  }

  @Test
  void startsNothingWithoutAFile() {
    model.start();

    assertThat(model.canStart().get()).isFalse();
    assertThat(asked.asked()).isEmpty();
  }

  @Test
  void runsDryInThisWindowAtItsOwnPaceUnlessAskedOtherwise() {
    model.offer(List.of(ONE));

    model.start();

    assertThat(asked.asked())
        .containsExactly(new ReplayRequest(List.of(ONE), "1", ReplayTarget.WINDOW, "", false));
    assertThat(model.runningProperty().get()).isTrue();
    assertThat(model.canStart().get()).isFalse();
  }

  @Test
  void sendsToKafkaOnlyOnceItWasConfirmed() {
    model.offer(List.of(ONE));
    model.kafkaProperty().set(true);
    assertThat(model.asksToConfirm().get()).isTrue();
    assertThat(model.canStart().get()).isFalse();
    model.start();
    assertThat(asked.asked()).isEmpty();

    model.confirmedProperty().set(true);
    model.start();

    assertThat(asked.asked()).extracting(ReplayRequest::kafka).containsExactly(true);
  }

  @Test
  void asksToConfirmAnewForEveryStart() {
    model.offer(List.of(ONE));
    model.kafkaProperty().set(true);
    model.confirmedProperty().set(true);
    model.start();
    model.ended("Sent 1 MB");

    assertThat(model.confirmedProperty().get()).isFalse();
    assertThat(model.canStart().get()).isFalse();
  }

  @Test
  void takesTheConfirmationBackWithTheTick() {
    model.offer(List.of(ONE));
    model.kafkaProperty().set(true);
    model.confirmedProperty().set(true);

    model.kafkaProperty().set(false);
    model.kafkaProperty().set(true);

    assertThat(model.canStart().get()).isFalse();
  }

  @Test
  void neverSaysKafkaToACollectorElsewhere() {
    model.offer(List.of(ONE));
    model.kafkaProperty().set(true);
    model.targetProperty().set(ReplayTarget.HOST);
    model.hostProperty().set(" 10.0.0.1:8124 ");
    model.paceProperty().set(ReplaySpeed.FASTER);
    model.timesProperty().set(" 2.5 ");

    model.start();

    assertThat(asked.asked())
        .containsExactly(
            new ReplayRequest(List.of(ONE), "2.5", ReplayTarget.HOST, "10.0.0.1:8124", false));
  }

  @Test
  void goesAsFastAsItGoes() {
    model.offer(List.of(ONE));
    model.paceProperty().set(ReplaySpeed.MAX);

    model.start();

    assertThat(asked.asked()).extracting(ReplayRequest::speed).containsExactly("max");
  }

  @Test
  void reportsWhyItCannotStartAndCanBeTriedAgain() {
    asked.refuse("to \"x\": must be HOST:PORT");
    model.offer(List.of(ONE));

    model.start();

    assertThat(model.errorProperty().get()).isEqualTo("to \"x\": must be HOST:PORT");
    assertThat(model.runningProperty().get()).isFalse();
    assertThat(model.canStart().get()).isTrue();
  }

  @Test
  void showsHowFarItIsUntilItHasEnded() {
    model.offer(List.of(ONE));
    model.start();

    model.progressed(0.5, "50%, 3 records, 1 kB");
    assertThat(model.progressProperty().get()).isEqualTo(0.5);
    assertThat(model.statusProperty().get()).isEqualTo("50%, 3 records, 1 kB");
    model.ended("Sent 6 records, 2 kB");
    model.progressed(0.7, "late");

    assertThat(model.progressProperty().get()).isEqualTo(0.5);
    assertThat(model.statusProperty().get()).isEqualTo("Sent 6 records, 2 kB");
    assertThat(model.runningProperty().get()).isFalse();
  }

  @Test
  void keepsItsFilesWhileItRuns() {
    model.offer(List.of(ONE));
    model.start();

    model.choose(List.of(TWO));

    assertThat(model.files()).containsExactly(ONE);
  }

  @Test
  void stopsOnlyWhatRuns() {
    model.stop();
    assertThat(asked.stops()).isZero();

    model.offer(List.of(ONE));
    model.start();
    model.stop();

    assertThat(asked.stops()).isEqualTo(1);
  }
}
