package propusk.sandbox.page;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import java.awt.Color;
import java.awt.image.BufferedImage;

/// Screenshots to drop on the phone.
final class Pictures {
  private Pictures() {}

  /// A screen of 1280×800 with a QR code somewhere on it.
  static BufferedImage screenWith(String text) {
    try {
      var code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 270, 270);
      var screen = new BufferedImage(1280, 800, BufferedImage.TYPE_INT_ARGB);
      var graphics = screen.createGraphics();
      graphics.setColor(new Color(0x0E1513));
      graphics.fillRect(0, 0, 1280, 800);
      graphics.dispose();
      for (var y = 0; y < code.getHeight(); y++) {
        for (var x = 0; x < code.getWidth(); x++) {
          screen.setRGB(700 + x, 300 + y, code.get(x, y) ? 0xFF0B1210 : 0xFFFFFFFF);
        }
      }
      return screen;
    } catch (WriterException e) {
      throw new IllegalStateException(e);
    }
  }
}
