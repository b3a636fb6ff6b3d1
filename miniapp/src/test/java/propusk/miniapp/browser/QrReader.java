package propusk.miniapp.browser;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Reads a QR code from a picture of a screen, as a phone does.
public final class QrReader {
  private QrReader() {}

  public static Optional<String> read(byte[] png) {
    try {
      var image = ImageIO.read(new ByteArrayInputStream(png));
      int width = image.getWidth();
      int height = image.getHeight();
      var pixels = image.getRGB(0, 0, width, height, null, 0, width);
      var bitmap =
          new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
      var hints = Map.of(DecodeHintType.TRY_HARDER, true);
      return Optional.of(new QRCodeReader().decode(bitmap, hints).getText());
    } catch (ReaderException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
