// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JDK's own DNS client is the judge. */
class StandInDnsTest {
  private final StandInDns dns = new StandInDns();

  @BeforeEach
  void start() {
    dns.start();
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void answersServiceRecordsAndAddresses() throws Exception {
    dns.srv("_kafka._tcp.marathon.mesos", 0, 1, 31001, "kafka-x1.marathon.mesos");
    dns.srv("_kafka._tcp.marathon.mesos.", 5, 2, 31002, "kafka-x2.marathon.mesos.");
    dns.a("kafka-x1.marathon.mesos", "127.0.0.2");

    assertThat(lookup("_Kafka._tcp.marathon.mesos", "SRV"))
        .containsExactly(
            "0 1 31001 kafka-x1.marathon.mesos.", "5 2 31002 kafka-x2.marathon.mesos.");
    assertThat(lookup("kafka-x1.marathon.mesos", "A")).containsExactly("127.0.0.2");
    assertThat(lookup("kafka-x1.marathon.mesos", "AAAA")).isEmpty();
  }

  @Test
  void reportsThatANameIsUnknownAndRemembersTheQuestion() {
    assertThatThrownBy(() -> lookup("nobody.mesos", "A")).isInstanceOf(NameNotFoundException.class);

    assertThat(dns.queries()).containsExactly(new StandInDns.Query("nobody.mesos", "A", "udp"));
  }

  @Test
  void answersByTcpWhatItCutsByUdp() throws Exception {
    dns.truncating(true);
    dns.a("large.mesos", "127.0.0.3");

    assertThat(lookup("large.mesos", "A")).containsExactly("127.0.0.3");
    assertThat(dns.queries()).extracting(StandInDns.Query::transport).containsExactly("udp", "tcp");
  }

  @Test
  void answersNothingWhileItIsSilent() throws Exception {
    dns.a("later.mesos", "127.0.0.4");
    dns.silent(true);
    assertThatThrownBy(() -> lookup("later.mesos", "A")).isInstanceOf(NamingException.class);
    dns.silent(false);

    assertThat(lookup("later.mesos", "A")).containsExactly("127.0.0.4");
  }

  // The names asked for are this test's own.
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  private List<String> lookup(String name, String type) throws NamingException {
    var environment = new Hashtable<String, String>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, "dns://" + dns.endpoint());
    environment.put("com.sun.jndi.dns.timeout.initial", "2000");
    environment.put("com.sun.jndi.dns.timeout.retries", "1");
    var context = new InitialDirContext(environment);
    try {
      Attribute found = context.getAttributes(name, new String[] {type}).get(type);
      List<String> answers = new ArrayList<>();
      if (found != null) {
        for (Object answer : Collections.list(found.getAll())) {
          answers.add(answer.toString());
        }
      }
      return answers;
    } finally {
      context.close();
    }
  }
}
