package propusk.sandbox.control;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Finds the QR code in a picture that somebody dropped on the phone.
final class Screenshot {
  private static final int MAX_PIXELS = 40_000_000;
  private static final Map<DecodeHintType, ?> HARD = Map.of(DecodeHintType.TRY_HARDER, true);

  private Screenshot() {}

  /// The text of the first QR code, or empty if there is none or the bytes are no picture.
  static Optional<String> read(byte[] picture) {
    return image(picture).flatMap(Screenshot::decode);
  }

  /// The size is read before the pixels, so that a small file cannot ask for all the memory.
  private static Optional<BufferedImage> image(byte[] picture) {
    try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
      var readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      var reader = readers.next();
      try {
        reader.setInput(input, true, true);
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MAX_PIXELS) {
          return Optional.empty();
        }
        return Optional.of(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException notAPicture) {
      return Optional.empty();
    }
  }

  private static Optional<String> decode(BufferedImage image) {
    var width = image.getWidth();
    var height = image.getHeight();
    var flat = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = flat.createGraphics();
    graphics.drawImage(image, 0, 0, java.awt.Color.WHITE, null);
    graphics.dispose();
    var pixels = flat.getRGB(0, 0, width, height, null, 0, width);
    var source = new RGBLuminanceSource(width, height, pixels);
    var bitmap = new BinaryBitmap(new HybridBinarizer(source));
    try {
      return Optional.of(new QRCodeReader().decode(bitmap, HARD).getText());
    } catch (ReaderException noneAtFirst) {
      return any(bitmap);
    }
  }

  private static Optional<String> any(BinaryBitmap bitmap) {
    try {
      var found = new QRCodeMultiReader().decodeMultiple(bitmap, HARD);
      return found.length == 0 ? Optional.empty() : Optional.of(found[0].getText());
    } catch (NotFoundException none) {
      return Optional.empty();
    }
  }
}
