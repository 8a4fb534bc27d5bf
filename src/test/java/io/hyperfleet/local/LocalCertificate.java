package io.hyperfleet.local;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate of this machine, signed by itself, in two files as Kubernetes mounts a Secret of type
 * kubernetes.io/tls.
 *
 * @param certificate tls.crt
 * @param key tls.key
 */
public record LocalCertificate(Path certificate, Path key) {

  /** Writes both into a folder. */
  public static LocalCertificate in(Path folder)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var name = new X500Name("CN=localhost");
    var now = Instant.now();
    var certificate = new JcaX509v3CertificateBuilder(name, BigInteger.valueOf(now.toEpochMilli()),
        Date.from(now.minus(Duration.ofMinutes(1))), Date.from(now.plus(Duration.ofDays(1))), name, keys.getPublic())
        .addExtension(Extension.subjectAlternativeName, false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    return new LocalCertificate(write(folder.resolve("tls.crt"), "CERTIFICATE", certificate.getEncoded()),
        write(folder.resolve("tls.key"), "PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  private static Path write(Path file, String type, byte[] content) throws IOException {
    return Files.writeString(file, "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'})
        .encodeToString(content) + "\n-----END " + type + "-----\n");
  }

  /** Trusts this certificate and nothing else. */
  public SSLContext trusting() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(certificate)) {
      store.setCertificateEntry("localhost",
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
