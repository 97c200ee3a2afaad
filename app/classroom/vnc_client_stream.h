// What a VNC client (RFB 3.3 to 3.8, without a password) sends, passed on with one change: pixels of 32 bits are asked
// for in the other byte order. Qt's VNC platform (6.4 to 6.8) heeds a client's order of colours only
// where it has to swap bytes, and so shows red as blue to clients that want red first; what is asked
// for is the same picture.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace paralif {

class VncClientStream {
 public:
  /// Takes the next bytes of the client and returns those that may go to the server now.
  std::string pass(std::string_view bytes);

 private:
  /// How long the message at the head is, or 0 while that cannot be told.
  [[nodiscard]] std::size_t message_length() const;

  std::string held_;           ///< begun, not whole
  std::string version_;        ///< "RFB 003.003\n", as far as it came
  std::size_t unframed_ = 0;   ///< left of security type (not in 3.3) and shared flag
  std::size_t passing_ = 0;    ///< left of a message that goes on unchanged
};

}  // namespace paralif
