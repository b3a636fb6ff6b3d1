package propusk.miniapp.qr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import propusk.domain.login.LoginId;

class QrSvgTest {
  private static final String LINK = "tg://login?token=" + "A".repeat(56);
  private static final Pattern STROKE = Pattern.compile("([Mmh])(\\d+)(?: ([\\d.]+))?");

  @Test
  void whatIsDrawnCanBeRead() throws Exception {
    assertEquals(LINK, read(QrSvg.draw(LINK)));
  }

  /// About one code of a hundred is not found by this reader as the standard would draw it.
  @Test
  void ofManyCodesEachCanBeRead() throws Exception {
    var tokens = new Random(7);
    var token = new byte[36];
    for (int code = 0; code < 400; code++) {
      tokens.nextBytes(token);
      var link =
          "tg://login?token=" + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
      assertEquals(link, read(QrSvg.draw(link), 6));
    }
  }

  @Test
  void aLoginLinkTakes37ModulesAndAQuietZoneOfFour() {
    var svg = QrSvg.draw(LINK);
    assertTrue(svg.contains("viewBox=\"0 0 45 45\""), svg.substring(0, 120));
    assertTrue(svg.contains("#0B1210"));
    assertTrue(svg.contains("crispEdges"));
  }

  @Test
  void theSampleOnlyLooksLikeACode() {
    var sample = QrSvg.sample();
    assertTrue(sample.contains("viewBox=\"0 0 45 45\""));
    assertThrows(ReaderException.class, () -> read(sample));
  }

  @Test
  void isDrawnOncePerLoginTokenAndLink() {
    var images = new QrImages(2);
    var login = new LoginId("login");
    var first = images.svg(login, 1, LINK);
    assertSame(first, images.svg(login, 1, LINK));
    var startedOver = images.svg(login, 1, LINK + "B");
    assertNotSame(first, startedOver);
    images.svg(login, 2, LINK);
    assertNotSame(first, images.svg(login, 1, LINK), "the oldest has dropped out");
  }

  /// Paints the strokes as a browser does and reads the picture.
  private static String read(String svg) throws Exception {
    return read(svg, 4);
  }

  private static String read(String svg, int scale) throws Exception {
    int size = 45 * scale;
    var pixels = new int[size * size];
    Arrays.fill(pixels, 0xffffff);
    var path = svg.substring(svg.indexOf(" d=\"") + 4, svg.indexOf("\"/>"));
    var strokes = STROKE.matcher(path);
    int x = 0;
    int y = 0;
    while (strokes.find()) {
      int along = Integer.parseInt(strokes.group(2));
      switch (strokes.group(1)) {
        case "M" -> {
          x = along;
          y = (int) Double.parseDouble(strokes.group(3));
        }
        case "m" -> x += along;
        default -> {
          paint(pixels, size, scale, x, y, along);
          x += along;
        }
      }
    }
    var source = new RGBLuminanceSource(size, size, pixels);
    var bitmap = new BinaryBitmap(new HybridBinarizer(source));
    return new QRCodeReader().decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true)).getText();
  }

  private static void paint(int[] pixels, int size, int scale, int x, int y, int length) {
    for (int row = y * scale; row < (y + 1) * scale; row++) {
      Arrays.fill(pixels, row * size + x * scale, row * size + (x + length) * scale, 0);
    }
  }
}
