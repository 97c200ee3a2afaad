// Convolutions and pools of NIR: windows that slide over height and width.
#include "core/exchange/nir_parameters.h"

namespace paralif::nir {
namespace {

/// A window that slides over height and width; a 1-D one has height 1.
struct Window {
  std::int64_t channels, height, width;  ///< of the input
  std::int64_t kernel[2], stride[2], padding[2], dilation[2];
  std::int64_t out_height, out_width;
};

class Convolution final : public Node {
 public:
  Convolution(const Window& w, Values weight, Values bias, std::int64_t groups)
      : w_(w), weight_(std::move(weight)), bias_(std::move(bias)), groups_(groups) {}

  void step(const Values& in, Values& out) override {
    const auto outputs = static_cast<std::int64_t>(bias_.size());
    const std::int64_t each = w_.channels / groups_;
    for (std::int64_t o = 0; o < outputs; ++o) {
      const std::int64_t first = o / (outputs / groups_) * each;
      for (std::int64_t y = 0; y < w_.out_height; ++y) {
        for (std::int64_t x = 0; x < w_.out_width; ++x) {
          out[static_cast<std::size_t>((o * w_.out_height + y) * w_.out_width + x)] =
              bias_[static_cast<std::size_t>(o)] + sum_at(in, o, first, each, y, x);
        }
      }
    }
  }

 private:
  [[nodiscard]] double sum_at(const Values& in, std::int64_t o, std::int64_t first,
                              std::int64_t each, std::int64_t y, std::int64_t x) const {
    double sum = 0.0;
    for (std::int64_t c = 0; c < each; ++c) {
      for (std::int64_t i = 0; i < w_.kernel[0]; ++i) {
        const std::int64_t row = y * w_.stride[0] - w_.padding[0] + i * w_.dilation[0];
        if (row < 0 || row >= w_.height) continue;
        for (std::int64_t j = 0; j < w_.kernel[1]; ++j) {
          const std::int64_t column = x * w_.stride[1] - w_.padding[1] + j * w_.dilation[1];
          if (column < 0 || column >= w_.width) continue;
          const std::int64_t weight = ((o * each + c) * w_.kernel[0] + i) * w_.kernel[1] + j;
          const std::int64_t from = ((first + c) * w_.height + row) * w_.width + column;
          sum += weight_[static_cast<std::size_t>(weight)] * in[static_cast<std::size_t>(from)];
        }
      }
    }
    return sum;
  }

  Window w_;
  Values weight_, bias_;
  std::int64_t groups_;
};

class Pool final : public Node {
 public:
  Pool(const Window& w, bool mean)
      : w_(w), factor_(mean ? 1.0 / static_cast<double>(w.kernel[0] * w.kernel[1]) : 1.0) {}

  void step(const Values& in, Values& out) override {
    std::size_t at = 0;
    for (std::int64_t c = 0; c < w_.channels; ++c) {
      for (std::int64_t y = 0; y < w_.out_height; ++y) {
        for (std::int64_t x = 0; x < w_.out_width; ++x) out[at++] = factor_ * sum_at(in, c, y, x);
      }
    }
  }

 private:
  [[nodiscard]] double sum_at(const Values& in, std::int64_t c, std::int64_t y,
                              std::int64_t x) const {
    double sum = 0.0;
    for (std::int64_t i = 0; i < w_.kernel[0]; ++i) {
      const std::int64_t row = y * w_.stride[0] - w_.padding[0] + i;
      if (row < 0 || row >= w_.height) continue;
      for (std::int64_t j = 0; j < w_.kernel[1]; ++j) {
        const std::int64_t column = x * w_.stride[1] - w_.padding[1] + j;
        if (column < 0 || column >= w_.width) continue;
        sum += in[static_cast<std::size_t>((c * w_.height + row) * w_.width + column)];
      }
    }
    return sum;
  }

  Window w_;
  double factor_;
};

std::int64_t whole(const NirNode& node, const char* key, double value, double least) {
  if (!(value >= least && value <= 1e6) || value != std::floor(value)) {
    refuse(node, fmt::format("has {} for '{}'", value, key));
  }
  return static_cast<std::int64_t>(value);
}

/// A scalar or a pair, for height and width; of a 1-D node only the width.
void pair_of(const NirNode& node, const char* key, int rank, double usual, double least,
             std::int64_t (&to)[2]) {
  const Array<double>* found = node.find(key);
  to[0] = rank == 2 ? static_cast<std::int64_t>(usual) : (least > 0 ? 1 : 0);
  to[1] = static_cast<std::int64_t>(usual);
  if (found == nullptr) return;
  const auto& v = found->values;
  if (v.size() != 1 && !(rank == 2 && v.size() == 2)) {
    refuse(node, fmt::format("has {} values for '{}'", v.size(), key));
  }
  if (rank == 2) to[0] = whole(node, key, v.front(), least);
  to[1] = whole(node, key, v.back(), least);
}

Window window_of(const NirNode& node, const Shape& input, int rank) {
  if (static_cast<int>(input.size()) != rank + 1) {
    refuse(node, fmt::format("expects channels and {} side{}, gets {}", rank, rank == 1 ? "" : "s",
                             text_of(input)));
  }
  Window w{};
  w.channels = input[0];
  w.height = rank == 2 ? input[1] : 1;
  w.width = input.back();
  return w;
}

/// Sets padding and output extents, once kernel, stride and dilation are known.
void fit(const NirNode& node, int rank, Window& w) {
  const auto word = node.words.find("padding");
  if (word == node.words.end()) {
    pair_of(node, "padding", rank, 0, 0, w.padding);
  } else if (word->second == "same") {
    for (int d = 0; d < 2; ++d) {
      const std::int64_t reach = w.dilation[d] * (w.kernel[d] - 1);
      if (w.stride[d] != 1) refuse(node, "has padding 'same' with a stride");
      if (reach % 2 != 0) refuse(node, "has padding 'same' with an even kernel, which is lopsided");
      w.padding[d] = reach / 2;
    }
  } else if (word->second != "valid") {
    refuse(node, fmt::format("has the padding '{}'", word->second));
  }
  const auto extent = [&](std::int64_t size, int d) {
    const std::int64_t room = size + 2 * w.padding[d] - w.dilation[d] * (w.kernel[d] - 1) - 1;
    if (room < 0) refuse(node, fmt::format("has a kernel that does not fit {}", size));
    return room / w.stride[d] + 1;
  };
  w.out_height = extent(w.height, 0);
  w.out_width = extent(w.width, 1);
}

Shape spatial(std::int64_t channels, const Window& w, int rank) {
  return rank == 2 ? Shape{channels, w.out_height, w.out_width} : Shape{channels, w.out_width};
}

}  // namespace

Made convolution(const NirNode& node, const Shape& input, int rank) {
  const Array<double>& weight = needed(node, "weight");
  if (static_cast<int>(weight.shape.size()) != rank + 2) {
    refuse(node, fmt::format("has a weight of {}", text_of(weight.shape)));
  }
  Window w = window_of(node, input, rank);
  w.kernel[0] = rank == 2 ? weight.shape[2] : 1;
  w.kernel[1] = weight.shape.back();
  pair_of(node, "stride", rank, 1, 1, w.stride);
  pair_of(node, "dilation", rank, 1, 1, w.dilation);
  fit(node, rank, w);
  const std::int64_t groups = whole(node, "groups", single(node, "groups", 1), 1);
  const std::int64_t outputs = weight.shape[0];
  if (weight.shape[1] * groups != w.channels || outputs % groups != 0) {
    refuse(node, fmt::format("expects {} channels, gets {}", weight.shape[1] * groups, w.channels));
  }
  const Shape out = spatial(outputs, w, rank);
  return {std::make_unique<Convolution>(w, weight.values, spread(node, "bias", outputs, 0.0), groups),
          out};
}

Made pool(const NirNode& node, const Shape& input, bool mean) {
  Window w = window_of(node, input, 2);
  pair_of(node, "kernel_size", 2, 1, 1, w.kernel);
  pair_of(node, "stride", 2, static_cast<double>(w.kernel[1]), 1, w.stride);
  w.dilation[0] = w.dilation[1] = 1;
  fit(node, 2, w);
  const Shape out = spatial(w.channels, w, 2);
  return {std::make_unique<Pool>(w, mean), out};
}

}  // namespace paralif::nir
