// What Qt's VNC platform (RFB 3.3) sends, passed on with one change: the unused byte of a pixel is set
// to 255. Qt leaves it 0 where it converts pixels, and noVNC 1.3 takes it for opacity in most of a
// picture. What is not of this protocol passes unchanged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace paralif {

class VncServerStream {
 public:
  /// Takes the next bytes of the server and returns those that may go to the client now.
  std::string pass(std::string_view bytes);

 private:
  enum class Awaiting { version, security, init, message, update, rectangle, text, anything };

  /// Reads the head that is whole, and says what comes after it.
  void take_head();
  void await(Awaiting what, std::size_t head);
  void next_rectangle();

  Awaiting awaiting_ = Awaiting::version;
  std::string head_;
  std::size_t head_length_ = 12;
  std::size_t passing_ = 0;          ///< bytes that go on unchanged before the next head
  std::size_t pixel_bytes_ = 0;      ///< bytes of pixels before the next head, four each
  std::size_t rectangles_ = 0;       ///< left of an update
};

}  // namespace paralif
