#include "core/encoding/trivial_augment.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace paralif {
namespace {

constexpr int side = 32;
constexpr int area = side * side;
constexpr int channels = 3;

std::uint8_t& at(PictureBytes& p, int channel, int x, int y) {
  return p[static_cast<std::size_t>((channel * side + y) * side + x)];
}
std::uint8_t at(const PictureBytes& p, int channel, int x, int y) {
  return p[static_cast<std::size_t>((channel * side + y) * side + x)];
}

/// Where an output point comes from: x = a x' + b y' + c, y = d x' + e y' + f.
struct Affine {
  double a = 1, b = 0, c = 0, d = 0, e = 1, f = 0;
};

PictureBytes moved(const PictureBytes& picture, const Affine& m) {
  PictureBytes out{};
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const double px = m.a * (x + 0.5) + m.b * (y + 0.5) + m.c;
      const double py = m.d * (x + 0.5) + m.e * (y + 0.5) + m.f;
      if (px < 0 || px >= side || py < 0 || py >= side) continue;
      const double fx = px - 0.5;
      const double fy = py - 0.5;
      const int left = static_cast<int>(std::floor(fx));
      const int top = static_cast<int>(std::floor(fy));
      const double dx = fx - left;
      const double dy = fy - top;
      const auto inside = [](int i) { return std::clamp(i, 0, side - 1); };
      for (int c = 0; c < channels; ++c) {
        const auto row = [&](int r) {
          const double one = at(picture, c, inside(left), r);
          return one + (at(picture, c, inside(left + 1), r) - one) * dx;
        };
        const double upper = row(inside(top));
        const double lower = top + 1 >= 0 && top + 1 < side ? row(top + 1) : upper;
        at(out, c, x, y) = static_cast<std::uint8_t>(upper + (lower - upper) * dy);
      }
    }
  }
  return out;
}

/// `from` + factor (`to` - `from`), cut to bytes.
PictureBytes blended(const PictureBytes& from, const PictureBytes& to, double factor) {
  PictureBytes out{};
  const auto part = static_cast<float>(factor);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const float value = static_cast<float>(from[i]) + part * static_cast<float>(to[i] - from[i]);
    out[i] = static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F));
  }
  return out;
}

int grey_at(const PictureBytes& p, int x, int y) {
  return (at(p, 0, x, y) * 19595 + at(p, 1, x, y) * 38470 + at(p, 2, x, y) * 7471 + 0x8000) >> 16;
}

PictureBytes grey_of(const PictureBytes& picture) {
  PictureBytes out{};
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const auto grey = static_cast<std::uint8_t>(grey_at(picture, x, y));
      for (int c = 0; c < channels; ++c) at(out, c, x, y) = grey;
    }
  }
  return out;
}

PictureBytes mean_grey_of(const PictureBytes& picture) {
  const PictureBytes grey = grey_of(picture);
  const double sum = std::accumulate(grey.begin(), grey.begin() + area, 0.0);
  PictureBytes out{};
  out.fill(static_cast<std::uint8_t>(sum / area + 0.5));
  return out;
}

/// 3 x 3 means with 5/13 in the middle and 1/13 around it; the border stays.
PictureBytes smoothed(const PictureBytes& picture) {
  PictureBytes out = picture;
  for (int c = 0; c < channels; ++c) {
    for (int y = 1; y + 1 < side; ++y) {
      for (int x = 1; x + 1 < side; ++x) {
        int sum = 4 * at(picture, c, x, y);
        for (int dy = -1; dy <= 1; ++dy) {
          for (int dx = -1; dx <= 1; ++dx) sum += at(picture, c, x + dx, y + dy);
        }
        at(out, c, x, y) = static_cast<std::uint8_t>(std::min(255.0, sum / 13.0 + 0.5));
      }
    }
  }
  return out;
}

using Table = std::array<std::uint8_t, 256>;

PictureBytes looked_up(const PictureBytes& picture, int channel, const Table& table,
                       PictureBytes out) {
  for (int i = 0; i < area; ++i) {
    const auto place = static_cast<std::size_t>(channel * area + i);
    out[place] = table[picture[place]];
  }
  return out;
}

std::array<int, 256> histogram(const PictureBytes& picture, int channel) {
  std::array<int, 256> counts{};
  for (int i = 0; i < area; ++i) ++counts[picture[static_cast<std::size_t>(channel * area + i)]];
  return counts;
}

Table stretched(const std::array<int, 256>& counts) {
  Table table{};
  std::iota(table.begin(), table.end(), std::uint8_t{0});
  int low = 0;
  int high = 255;
  while (low < 255 && counts[static_cast<std::size_t>(low)] == 0) ++low;
  while (high > 0 && counts[static_cast<std::size_t>(high)] == 0) --high;
  if (high <= low) return table;
  const double scale = 255.0 / (high - low);
  for (int i = 0; i < 256; ++i) {
    table[static_cast<std::size_t>(i)] =
        static_cast<std::uint8_t>(std::clamp(i * scale - low * scale, 0.0, 255.0));
  }
  return table;
}

Table equalised(const std::array<int, 256>& counts) {
  Table table{};
  std::iota(table.begin(), table.end(), std::uint8_t{0});
  int used = 0;
  int last = 0;
  for (const int count : counts) {
    if (count == 0) continue;
    ++used;
    last = count;
  }
  const int step = (area - last) / 255;
  if (used <= 1 || step == 0) return table;
  int n = step / 2;
  for (std::size_t i = 0; i < 256; ++i) {
    table[i] = static_cast<std::uint8_t>(std::min(255, n / step));
    n += counts[i];
  }
  return table;
}

PictureBytes by_channel(const PictureBytes& picture, Table (*table_of)(const std::array<int, 256>&)) {
  PictureBytes out{};
  for (int c = 0; c < channels; ++c) {
    out = looked_up(picture, c, table_of(histogram(picture, c)), out);
  }
  return out;
}

Affine rotation(double degrees) {
  const double angle = degrees * std::numbers::pi / 180.0;
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  constexpr double middle = side / 2.0;
  return {cosine, -sine, middle - cosine * middle + sine * middle,
          sine,   cosine, middle - sine * middle - cosine * middle};
}

}  // namespace

double strength_of(PictureChange change, int level) {
  const double part = level / double{picture_levels - 1};
  switch (change) {
    case PictureChange::shear_x:
    case PictureChange::shear_y:
    case PictureChange::brightness:
    case PictureChange::colour:
    case PictureChange::contrast:
    case PictureChange::sharpness:
      return 0.99 * part;
    case PictureChange::translate_x:
    case PictureChange::translate_y:
      return 32.0 * part;
    case PictureChange::rotate:
      return 135.0 * part;
    case PictureChange::posterise:
      return 8.0 - std::nearbyint(level / 5.0);
    case PictureChange::solarise:
      return 255.0 - 255.0 * part;
    case PictureChange::identity:
    case PictureChange::autocontrast:
    case PictureChange::equalise:
      break;
  }
  return 0.0;
}

bool has_sign(PictureChange change) {
  return change >= PictureChange::shear_x && change <= PictureChange::sharpness;
}

PictureBytes changed(const PictureBytes& picture, PictureChange change, double strength) {
  switch (change) {
    case PictureChange::identity:
      return picture;
    case PictureChange::shear_x:
      return moved(picture, {1, strength, 0, 0, 1, 0});
    case PictureChange::shear_y:
      return moved(picture, {1, 0, 0, strength, 1, 0});
    case PictureChange::translate_x:
      return moved(picture, {1, 0, -std::trunc(strength), 0, 1, 0});
    case PictureChange::translate_y:
      return moved(picture, {1, 0, 0, 0, 1, -std::trunc(strength)});
    case PictureChange::rotate:
      return moved(picture, rotation(strength));
    case PictureChange::brightness:
      return blended(PictureBytes{}, picture, 1.0 + strength);
    case PictureChange::colour:
      return blended(grey_of(picture), picture, 1.0 + strength);
    case PictureChange::contrast:
      return blended(mean_grey_of(picture), picture, 1.0 + strength);
    case PictureChange::sharpness:
      return blended(smoothed(picture), picture, 1.0 + strength);
    case PictureChange::posterise: {
      const auto mask = static_cast<std::uint8_t>(0xff << (8 - static_cast<int>(strength)));
      PictureBytes out = picture;
      for (std::uint8_t& byte : out) byte &= mask;
      return out;
    }
    case PictureChange::solarise: {
      PictureBytes out = picture;
      for (std::uint8_t& byte : out) {
        if (byte >= strength) byte = static_cast<std::uint8_t>(255 - byte);
      }
      return out;
    }
    case PictureChange::autocontrast:
      return by_channel(picture, stretched);
    case PictureChange::equalise:
      return by_channel(picture, equalised);
  }
  return picture;
}

PictureBytes trivially_augmented(const PictureBytes& picture, SampleRandom& random) {
  const auto change = static_cast<PictureChange>(random.below(picture_changes));
  double strength = strength_of(change, static_cast<int>(random.below(picture_levels)));
  if (has_sign(change) && random.uniform() < 0.5) strength = -strength;
  return changed(picture, change, strength);
}

}  // namespace paralif
