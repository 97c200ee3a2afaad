#include "core/kernels/max_pool.h"

#include <cmath>

#include "core/kernels/pass_tensors.h"

namespace paralif {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Extents of a plane and of its windows.
struct Windows {
  std::int64_t height, width;      ///< of the plane
  std::int64_t rows, columns;      ///< windows along each side
  std::int64_t extent_y, extent_x;  ///< of a window
};

/// `extent` > 0: that of every window along both sides, known to the compiler.
template <int extent, typename T>
void pool_plane(const Windows& w, const T* x, T* y, std::uint8_t* place) {
  const std::int64_t extent_y = extent > 0 ? extent : w.extent_y;
  const std::int64_t extent_x = extent > 0 ? extent : w.extent_x;
  for (std::int64_t row = 0; row < w.rows; ++row) {
    const T* const top = x + row * extent_y * w.width;
    for (std::int64_t column = 0; column < w.columns; ++column) {
      const T* const corner = top + column * extent_x;
      T most = corner[0];
      std::uint8_t at = 0;
      for (std::int64_t dy = 0; dy < extent_y; ++dy) {
        for (std::int64_t dx = 0; dx < extent_x; ++dx) {
          const T value = corner[dy * w.width + dx];
          const bool more = value > most || std::isnan(value);
          most = more ? value : most;
          at = more ? static_cast<std::uint8_t>(dy * extent_x + dx) : at;
        }
      }
      *y++ = most;
      *place++ = at;
    }
  }
}

/// Writes every value of the plane once.
template <int extent, typename T>
void spread_plane(const Windows& w, const T* grad, const std::uint8_t* place, T* x) {
  const std::int64_t extent_y = extent > 0 ? extent : w.extent_y;
  const std::int64_t extent_x = extent > 0 ? extent : w.extent_x;
  for (std::int64_t row = 0; row < w.rows; ++row) {
    for (std::int64_t dy = 0; dy < extent_y; ++dy) {
      T* line = x + (row * extent_y + dy) * w.width;
      for (std::int64_t column = 0; column < w.columns; ++column) {
        const std::int64_t at = row * w.columns + column;
        for (std::int64_t dx = 0; dx < extent_x; ++dx) {
          *line++ = place[at] == dy * extent_x + dx ? grad[at] : T(0);
        }
      }
      for (std::int64_t rest = w.columns * extent_x; rest < w.width; ++rest) *line++ = T(0);
    }
  }
  std::fill(x + w.rows * extent_y * w.width, x + w.height * w.width, T(0));
}

Windows windows_of(torch::IntArrayRef sizes, std::int64_t height, std::int64_t width) {
  const std::int64_t h = sizes[sizes.size() - 2];
  const std::int64_t w = sizes[sizes.size() - 1];
  return {h, w, h / height, w / width, height, width};
}

template <typename Plane>
void over_planes(const Windows& w, std::int64_t values, Plane&& plane) {
  const std::int64_t each = w.height * w.width;
  share_out(values / each, each, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) plane(i);
  });
}

class MaxPool : public torch::autograd::Function<MaxPool> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& input, std::int64_t height,
                        std::int64_t width) {
    const Tensor x = input.contiguous();
    const Windows w = windows_of(x.sizes(), height, width);
    std::vector<std::int64_t> sizes = x.sizes().vec();
    sizes[sizes.size() - 2] = w.rows;
    sizes[sizes.size() - 1] = w.columns;
    Tensor y = reused_empty(sizes, x.options());
    Tensor place = reused_empty(sizes, x.options().dtype(torch::kUInt8));
    const std::int64_t outputs = w.rows * w.columns;
    const bool pairs = height == 2 && width == 2;
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "max_pool", [&] {
      const auto* const from = x.data_ptr<scalar_t>();
      auto* const to = y.data_ptr<scalar_t>();
      auto* const places = place.data_ptr<std::uint8_t>();
      over_planes(w, x.numel(), [&](std::int64_t i) {
        const auto* const plane = from + i * w.height * w.width;
        if (pairs) {
          pool_plane<2>(w, plane, to + i * outputs, places + i * outputs);
        } else {
          pool_plane<0>(w, plane, to + i * outputs, places + i * outputs);
        }
      });
    });
    context->save_for_backward({place});
    context->saved_data["sizes"] = x.sizes().vec();
    context->saved_data["height"] = height;
    context->saved_data["width"] = width;
    return y;
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    const auto sizes = context->saved_data["sizes"].toIntVector();
    const std::int64_t height = context->saved_data["height"].toInt();
    const std::int64_t width = context->saved_data["width"].toInt();
    const Tensor place = context->get_saved_variables()[0];
    const Tensor grad = grads[0].contiguous();
    const Windows w = windows_of(sizes, height, width);
    Tensor x = reused_empty(sizes, grad.options());
    const std::int64_t outputs = w.rows * w.columns;
    const bool pairs = height == 2 && width == 2;
    AT_DISPATCH_FLOATING_TYPES(grad.scalar_type(), "max_pool_backward", [&] {
      const auto* const from = grad.data_ptr<scalar_t>();
      const auto* const places = place.data_ptr<std::uint8_t>();
      auto* const to = x.data_ptr<scalar_t>();
      over_planes(w, x.numel(), [&](std::int64_t i) {
        auto* const plane = to + i * w.height * w.width;
        if (pairs) {
          spread_plane<2>(w, from + i * outputs, places + i * outputs, plane);
        } else {
          spread_plane<0>(w, from + i * outputs, places + i * outputs, plane);
        }
      });
    });
    return {x, Tensor(), Tensor()};
  }
};

}  // namespace

Tensor max_pool(const Tensor& x, std::int64_t height, std::int64_t width) {
  constexpr std::int64_t places_of_a_byte = 256;
  const bool own = x.is_cpu() && height * width <= places_of_a_byte &&
                   (x.scalar_type() == torch::kFloat32 || x.scalar_type() == torch::kFloat64);
  if (own) return MaxPool::apply(x, height, width);
  const Tensor planes = x.reshape({-1, 1, x.size(-2), x.size(-1)});
  const Tensor y = torch::max_pool2d(planes, {height, width});
  std::vector<std::int64_t> sizes = x.sizes().vec();
  sizes[sizes.size() - 2] = y.size(-2);
  sizes[sizes.size() - 1] = y.size(-1);
  return y.reshape(sizes);
}

}  // namespace paralif
