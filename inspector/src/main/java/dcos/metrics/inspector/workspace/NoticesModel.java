// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.workspace;

import dcos.metrics.inspector.format.StatusTone;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What went wrong, or is to be decided, each in a bar of its own, for as long as it is so. */
public final class NoticesModel {
  /** What can be done about it. */
  public record NoticeAction(String label, Runnable run) {}

  /**
   * A bar.
   *
   * @param key what it is about: a later notice of the same takes its place
   */
  public record WindowNotice(String key, StatusTone tone, String text, List<NoticeAction> actions) {
    public WindowNotice {
      actions = List.copyOf(actions);
    }
  }

  // The key of the question that waits for an answer; empty if none does.
  private String question = "";
  private final ObservableList<WindowNotice> all = FXCollections.observableArrayList();
  private final ObservableList<WindowNotice> view = FXCollections.unmodifiableObservableList(all);

  /** The oldest first. */
  public ObservableList<WindowNotice> all() {
    return view;
  }

  /** Shows a notice, in the place of an earlier one of the same key. */
  public void show(WindowNotice notice) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).key().equals(notice.key())) {
        all.set(i, notice);
        return;
      }
    }
    all.add(notice);
  }

  /** Shows a notice whose actions are answers: it may be dismissed, and then nothing is done. */
  public void ask(WindowNotice notice) {
    question = notice.key();
    show(notice);
  }

  /** Whether it is the question that waits for an answer. */
  public boolean isQuestion(WindowNotice notice) {
    return notice.key().equals(question);
  }

  /** Takes the question away; answers whether there was one. */
  public boolean dismissQuestion() {
    String asked = question;
    clear(asked);
    return !asked.isEmpty();
  }

  /** It is over, or was read. */
  public void clear(String key) {
    if (key.equals(question)) {
      question = "";
    }
    all.removeIf(notice -> notice.key().equals(key));
  }
}
