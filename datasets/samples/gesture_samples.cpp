// Gestures as an event camera sees them: blobs that move as arms and hands do.
#include <array>
#include <cmath>
#include <numbers>

#include "datasets/atomic_file.h"
#include "datasets/readers/event_bytes.h"
#include "datasets/readers/npy_array.h"
#include "datasets/samples/sample_writers.h"
#include "datasets/samples/sensor.h"

namespace paralif {
namespace {

constexpr int gestures = 11;
constexpr double turn = 2.0 * std::numbers::pi;

struct Blob {
  double x;
  double y;
  double radius;
};

/// How one person makes gestures.
struct Person {
  double height;
  double reach;
  double pace;  ///< repetitions a second
  double phase;
};

/// Right and left hand at a time, in the order of the published classes.
std::array<Blob, 2> hands(int gesture, double time, const Person& person) {
  const double a = turn * (person.pace * time + person.phase);
  const double r = 14 * person.reach;
  const double y = 64 + person.height;
  Blob right{40, y + 30, 7};
  Blob left{88, y + 30, 7};
  switch (gesture) {
    case 0:
      right = {52 - r * 0.7 * std::abs(std::sin(a)), y, 7};  // hand clap
      left = {76 + r * 0.7 * std::abs(std::sin(a)), y, 7};
      break;
    case 1:
      right = {40 + r * std::sin(a), y - 30, 7};
      break;  // right hand wave
    case 2:
      left = {88 + r * std::sin(a), y - 30, 7};
      break;  // left hand wave
    case 3:
      right = {40 + r * std::cos(a), y + r * std::sin(a), 7};
      break;  // clockwise
    case 4:
      right = {40 + r * std::cos(-a), y + r * std::sin(-a), 7};
      break;
    case 5:
      left = {88 + r * std::cos(a), y + r * std::sin(a), 7};
      break;
    case 6:
      left = {88 + r * std::cos(-a), y + r * std::sin(-a), 7};
      break;
    case 7:
      right = {64 + r * std::cos(a), y + 10 + r * std::sin(a), 8};  // arm roll
      left = {64 - r * std::cos(a), y + 10 - r * std::sin(a), 8};
      break;
    case 8:
      right = {44, y + 10 + r * std::sin(a), 7};  // air drums
      left = {84, y + 10 - r * std::sin(a), 7};
      break;
    case 9:
      right = {56, y + 25 + 0.6 * r * std::sin(2 * a), 9};  // air guitar
      left = {100, y - 5, 7};
      break;
    default:
      right = {40 + r * std::sin(a), y + r * std::sin(1.7 * a), 7};  // other
      left = {88 + r * std::sin(1.3 * a), y + r * std::cos(a), 7};
  }
  return {right, left};
}

std::vector<CameraEvent> perform(int gesture, double duration_s, Noise& noise) {
  const Person person{noise.uniform(-6, 6), noise.uniform(0.85, 1.15), noise.uniform(1.2, 1.8),
                      noise.uniform()};
  const Scene scene = [&](double time, std::vector<float>& brightness) {
    std::ranges::fill(brightness, 0.0F);
    for (const Blob& blob : hands(gesture, time, person)) {
      const int reach = static_cast<int>(blob.radius) + 4;
      for (int y = static_cast<int>(blob.y) - reach; y <= static_cast<int>(blob.y) + reach; ++y) {
        for (int x = static_cast<int>(blob.x) - reach; x <= static_cast<int>(blob.x) + reach; ++x) {
          if (x < 0 || x >= gesture_sensor.width || y < 0 || y >= gesture_sensor.height) continue;
          const double edge = std::hypot(x - blob.x, y - blob.y) - blob.radius;
          float& pixel = brightness[static_cast<std::size_t>(y * gesture_sensor.width + x)];
          pixel = std::max(pixel, static_cast<float>(1.0 / (1.0 + std::exp(edge))));
        }
      }
    }
  };
  return film(gesture_sensor, scene, duration_s, 5e-3, 0.35, 0.5, noise);
}

std::string user_name(int user) {
  std::string number = std::to_string(user);
  if (number.size() < 2) number.insert(0, 1, '0');
  return "user" + number + "_led";
}

void put(std::string& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xffU);
}

/// One AEDAT packet of polarity events; times are microseconds after `start_us`.
void put_packet(std::string& bytes, const std::vector<CameraEvent>& events,
                std::uint32_t start_us) {
  const auto count = static_cast<std::uint32_t>(events.size());
  put(bytes, 1, 2);                                  // polarity events
  put(bytes, 1, 2);                                  // source
  put(bytes, 8, 4);                                  // bytes an event
  put(bytes, 4, 4);                                  // where its time is
  put(bytes, 0, 4);                                  // overflows of the clock
  for (int i = 0; i < 3; ++i) put(bytes, count, 4);  // capacity, events, valid ones
  for (const CameraEvent& event : events) {
    put(bytes,
        static_cast<std::uint32_t>(event.x) << 17 | static_cast<std::uint32_t>(event.y) << 2 |
            static_cast<std::uint32_t>(event.polarity) << 1 | 1U,
        4);
    put(bytes, start_us + static_cast<std::uint32_t>(std::lround(event.time_s * 1e6)), 4);
  }
}

}  // namespace

void write_gesture_arrays(const std::filesystem::path& part_folder, int users, std::uint64_t seed,
                          const SampleProgress& progress) {
  Noise noise(seed);
  for (int user = 1; user <= users; ++user) {
    const auto folder = part_folder / user_name(user);
    std::filesystem::create_directories(folder);
    for (int gesture = 0; gesture < gestures; ++gesture) {
      tell(progress, (user - 1 + static_cast<double>(gesture) / gestures) / users, part_folder);
      std::vector<double> values;
      const auto events = perform(gesture, 1.45, noise);
      for (const CameraEvent& event : events) {
        values.insert(values.end(),
                      {static_cast<double>(event.x), static_cast<double>(event.y),
                       static_cast<double>(event.polarity), std::floor(event.time_s * 1e3 + 0.5)});
      }
      write_file(folder / (std::to_string(gesture) + ".npy"), npy_bytes(values, events.size(), 4));
    }
  }
}

void write_gesture_recordings(const std::filesystem::path& folder, DataPart part, int users,
                              std::uint64_t seed, const SampleProgress& progress) {
  Noise noise(seed);
  std::string list;
  const int first = part == DataPart::train ? 1 : 24;  // as the published split numbers them
  for (int user = first; user < first + users; ++user) {
    std::string bytes = "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n";
    std::string labels = "class,startTime_usec,endTime_usec\n";
    std::uint32_t start = 1'000'000;
    for (int gesture = 0; gesture < gestures; ++gesture) {
      tell(progress, (user - first + static_cast<double>(gesture) / gestures) / users, folder);
      put_packet(bytes, perform(gesture, 1.45, noise), start);
      labels += std::to_string(gesture + 1) + "," + std::to_string(start) + "," +
                std::to_string(start + 1'450'000) + "\n";
      start += 2'000'000;
    }
    write_file(folder / (user_name(user) + ".aedat"), bytes);
    write_file(folder / (user_name(user) + "_labels.csv"), labels);
    list += user_name(user) + ".aedat\n";
  }
  write_file(folder / (std::string("trials_to_") + name_of(part) + ".txt"), list);
}

}  // namespace paralif
