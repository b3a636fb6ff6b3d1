package propusk.miniapp.qr;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import java.util.Arrays;
import java.util.Map;

/// A QR code that scanners do read.
///
/// Of a hundred valid codes about one cannot be found by zxing, which many phones scan with: its
/// data happens to look like a corner. So each code is read back, and where that fails another of
/// the standard's eight masks is taken.
final class ReadableQr {
  private static final int QUIET = 4;
  private static final int PIXELS = 4;
  private static final int WHITE = 0xFFFFFF;

  private ReadableQr() {}

  static ByteMatrix encode(String text) throws WriterException {
    var usual = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    if (isRead(usual)) {
      return usual;
    }
    for (int mask = 0; mask < QRCode.NUM_MASK_PATTERNS; mask++) {
      var hints = Map.of(EncodeHintType.QR_MASK_PATTERN, mask);
      var other = Encoder.encode(text, ErrorCorrectionLevel.M, hints).getMatrix();
      if (isRead(other)) {
        return other;
      }
    }
    return usual;
  }

  private static boolean isRead(ByteMatrix matrix) {
    int side = (matrix.getWidth() + 2 * QUIET) * PIXELS;
    var pixels = new int[side * side];
    Arrays.fill(pixels, WHITE);
    for (int y = 0; y < matrix.getHeight() * PIXELS; y++) {
      for (int x = 0; x < matrix.getWidth() * PIXELS; x++) {
        if (matrix.get(x / PIXELS, y / PIXELS) == 1) {
          pixels[(QUIET * PIXELS + y) * side + QUIET * PIXELS + x] = 0;
        }
      }
    }
    var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
    try {
      new QRCodeReader().decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true));
      return true;
    } catch (ReaderException e) {
      return false;
    }
  }
}
