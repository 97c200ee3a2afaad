// What a .npy file of NumPy says of itself, and where its values begin.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

struct NpyParts {
  std::string_view type;       ///< behind 'descr':, such as "'<f4', ..." or "[('x', '<i2')], ..."
  bool columns_first = false;  ///< the first index runs fastest (Fortran's order)
  std::vector<std::size_t> extents;  ///< empty: one number
  std::string_view values;           ///< all bytes behind the header
};

/// Of versions 1 to 3; views into `bytes`. Throws Error(file) that names `origin` where these are
/// not as numpy.save writes them.
NpyParts npy_parts(std::string_view bytes, const std::string& origin);

}  // namespace paralif
