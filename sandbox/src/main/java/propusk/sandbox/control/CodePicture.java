package propusk.sandbox.control;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;

/// Draws a login code small, so that a person recognises which one the camera sees.
final class CodePicture {
  private static final int QUIET = 2;

  private CodePicture() {}

  static String svg(String link) {
    try {
      var matrix = Encoder.encode(link, ErrorCorrectionLevel.L).getMatrix();
      var path = new StringBuilder();
      for (var y = 0; y < matrix.getHeight(); y++) {
        for (var x = 0; x < matrix.getWidth(); x++) {
          if (matrix.get(x, y) == 1) {
            path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
          }
        }
      }
      var size = matrix.getWidth() + 2 * QUIET;
      return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">\
      <rect width="100%%" height="100%%" fill="#fff"/><path fill="#2a2418" d="%s"/></svg>\
      """
          .formatted(size, size, path);
    } catch (WriterException tooLong) {
      throw ControlError.badRequest("this link does not fit into a QR code");
    }
  }
}
