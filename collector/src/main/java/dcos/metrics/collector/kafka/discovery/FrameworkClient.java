// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dcos.metrics.collector.kafka.error.ErrorText;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks the Kafka framework's scheduler for its brokers. Thread-safe. */
final class FrameworkClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 256 * 1024;

  private final SrvResolver dns;

  FrameworkClient(SrvResolver dns) {
    this.dns = dns;
  }

  /**
   * What the scheduler says.
   *
   * @return at least one
   * @throws IOException naming the address and what came from there
   */
  List<Endpoint> brokers(Endpoint scheduler) throws IOException {
    HttpUrl url =
        new HttpUrl.Builder()
            .scheme("http")
            .host(scheduler.host())
            .port(scheduler.port())
            .addPathSegments("v1/connection")
            .build();
    try {
      return parse(get(url));
    } catch (JsonProcessingException e) {
      throw new IOException("GET " + url + ": no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IOException("GET " + url + ": " + ErrorText.of(e), e);
    }
  }

  private byte[] get(HttpUrl url) throws IOException {
    // Asked rarely: nothing is kept for the next time.
    var pool = new ConnectionPool(0, 1, TimeUnit.SECONDS);
    OkHttpClient client =
        new OkHttpClient.Builder()
            .dns(dns)
            .callTimeout(TIMEOUT)
            .connectionPool(pool)
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .build();
    Request request = new Request.Builder().url(url).build();
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException("status " + response.code());
      }
      byte[] body = response.body().byteStream().readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      return body;
    } finally {
      pool.evictAll();
      client.dispatcher().executorService().shutdown();
    }
  }

  private static List<Endpoint> parse(byte[] body) throws IOException {
    List<Endpoint> brokers = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(body)) {
      json.nextToken();
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME) {
          boolean listed = json.currentName().equals("dns");
          json.nextToken();
          readBrokers(json, listed, brokers);
        }
      }
    }
    if (brokers.isEmpty()) {
      throw new IOException("no brokers in its \"dns\"");
    }
    return brokers;
  }

  private static void readBrokers(JsonParser json, boolean listed, List<Endpoint> brokers)
      throws IOException {
    if (!listed || json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      brokers.add(broker(json.getText()));
      json.skipChildren();
    }
  }

  private static Endpoint broker(String text) throws IOException {
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("a broker " + e.getMessage() + ", was " + text, e);
    }
  }
}
