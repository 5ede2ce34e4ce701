// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A key pair for 127.0.0.1 that nobody vouches for.
 *
 * @param own PKCS #12, with the key pair
 * @param trusted PKCS #12, with the certificate for those who are to trust it
 */
record TlsKeys(Path own, Path trusted) {
  /** Of both files. */
  static final String PASSWORD = "keystore-password";

  /** Makes them. */
  static TlsKeys in(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    var keys = new TlsKeys(folder.resolve("keys.p12"), folder.resolve("trusted.p12"));
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    UnpackedPackage.run(
        keytool,
        "-genkeypair",
        "-alias",
        "own",
        "-keyalg",
        "EC",
        "-dname",
        "CN=own",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        keys.own.toString(),
        "-storepass",
        PASSWORD);
    KeyStore trusted = load(null);
    trusted.setCertificateEntry("own", load(keys.own).getCertificate("own"));
    try (OutputStream out = Files.newOutputStream(keys.trusted)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** For a server that has the key pair. */
  SSLContext server() throws IOException, GeneralSecurityException {
    KeyStore store = load(own);
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static KeyStore load(@Nullable Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    if (file == null) {
      store.load(null, null);
    } else {
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD.toCharArray());
      }
    }
    return store;
  }
}
