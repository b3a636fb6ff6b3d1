package propusk.miniapp.browser;

import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;

/// Reads a QR code from a picture of a screen, as a phone does: a camera looks again from a little
/// further away, so this tries several sizes and two ways to tell dark from light.
public final class QrReader {
  private static final double[] DISTANCES = {1, 0.75, 0.5};
  private static final List<Function<LuminanceSource, Binarizer>> EYES =
      List.of(HybridBinarizer::new, GlobalHistogramBinarizer::new);

  private QrReader() {}

  public static Optional<String> read(byte[] png) {
    var image = image(png);
    for (double distance : DISTANCES) {
      var source = luminance(scaled(image, distance));
      for (var eye : EYES) {
        var text = decode(new BinaryBitmap(eye.apply(source)));
        if (text.isPresent()) {
          return text;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decode(BinaryBitmap bitmap) {
    try {
      var hints = Map.of(DecodeHintType.TRY_HARDER, true);
      return Optional.of(new QRCodeReader().decode(bitmap, hints).getText());
    } catch (ReaderException e) {
      return Optional.empty();
    }
  }

  private static LuminanceSource luminance(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    return new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
  }

  private static BufferedImage scaled(BufferedImage image, double by) {
    int width = (int) (image.getWidth() * by);
    int height = (int) (image.getHeight() * by);
    var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  private static BufferedImage image(byte[] png) {
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
