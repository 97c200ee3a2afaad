#include "core/training/legacy_pickle.h"

#include <cstring>
#include <map>

#include "datasets/error.h"

namespace paralif {
namespace {

constexpr const char* rebuild = "torch._utils _rebuild_tensor_v2";
constexpr const char* ordered = "collections OrderedDict";

bool is_module(const std::string& name) {
  return name.starts_with("__torch__") && name.ends_with("Module");
}

bool is_storage(const std::string& name) {
  return name == "torch FloatStorage" || name == "torch DoubleStorage" ||
         name == "torch LongStorage" || name == "torch IntStorage";
}

/// The stack machine of pickle's protocol 2, with the opcodes that LibTorch writes.
class Interpreter {
 public:
  Interpreter(std::string_view bytes, const std::string& origin, const std::string& remedy)
      : left_(bytes), origin_(origin), remedy_(remedy) {}

  PicklePointer run() {
    if (take(2) != "\x80\x02") refuse("is not of pickle's protocol 2");
    for (;;) {
      const char opcode = take(1)[0];
      if (opcode == '.') break;
      obey(opcode);
    }
    return pop();
  }

 private:
  [[noreturn]] void refuse(const std::string& problem) const {
    throw Error(Error::Kind::file, origin_, problem, remedy_);
  }

  std::string_view take(std::size_t count) {
    if (left_.size() < count) refuse("ends early");
    const std::string_view taken = left_.substr(0, count);
    left_.remove_prefix(count);
    return taken;
  }

  template <typename T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  std::string line() {
    const std::size_t end = left_.find('\n');
    if (end == std::string_view::npos || end > 1000) refuse("ends early");
    const std::string text(left_.substr(0, end));
    left_.remove_prefix(end + 1);
    return text;
  }

  void push(PickleValue value) {
    stack_.push_back(std::make_shared<const PickleValue>(std::move(value)));
  }

  PicklePointer pop() {
    if (stack_.empty() || stack_.back() == nullptr) refuse("is damaged: its stack is empty");
    PicklePointer top = std::move(stack_.back());
    stack_.pop_back();
    return top;
  }

  /// What lies above the last mark, which goes.
  std::vector<PicklePointer> pop_to_mark() {
    std::size_t first = stack_.size();
    while (first > 0 && stack_[first - 1] != nullptr) --first;
    if (first == 0) refuse("is damaged: a mark is missing");
    std::vector<PicklePointer> values(stack_.begin() + static_cast<std::ptrdiff_t>(first),
                                      stack_.end());
    stack_.resize(first - 1);
    return values;
  }

  template <typename T>
  const T& as(const PicklePointer& value, const char* what) const {
    const T* found = std::get_if<T>(&value->value);
    if (found == nullptr) refuse(std::string("is damaged: it has no ") + what + " where one belongs");
    return *found;
  }

  std::vector<std::int64_t> integers(const PicklePointer& value) const {
    std::vector<std::int64_t> all;
    for (const PicklePointer& one : as<PickleTuple>(value, "shape").values) {
      all.push_back(as<std::int64_t>(one, "number"));
    }
    return all;
  }

  void push_tuple(std::size_t count) {
    PickleTuple tuple;
    tuple.values.resize(count);
    while (count > 0) tuple.values[--count] = pop();
    push({std::move(tuple)});
  }

  void global() {
    const std::string module = line();
    const std::string name = module + " " + line();
    if (name != rebuild && name != ordered && !is_module(name) && !is_storage(name)) {
      refuse("asks for '" + name + "', which tensors have no use for");
    }
    push({PickleGlobal{name}});
  }

  void new_object() {
    const PicklePointer arguments = pop();
    const PicklePointer kind = pop();
    const std::string& type = as<PickleGlobal>(kind, "type").name;
    if (!is_module(type) || !as<PickleTuple>(arguments, "arguments").values.empty()) {
      refuse("makes an object of '" + type + "'");
    }
    push({PickleDictionary{}});
  }

  void reduce() {
    const PicklePointer arguments = pop();
    const auto& values = as<PickleTuple>(arguments, "arguments").values;
    const PicklePointer function = pop();
    const std::string& name = as<PickleGlobal>(function, "function").name;
    if (name == ordered && values.empty()) {
      push({PickleDictionary{}});
    } else if (name == rebuild && values.size() >= 4) {
      push({PickleTensor{as<PickleStorage>(values[0], "storage"),
                         as<std::int64_t>(values[1], "offset"), integers(values[2]),
                         integers(values[3])}});
    } else {
      refuse("calls '" + name + "'");
    }
  }

  void storage() {
    const PicklePointer id = pop();
    const auto& values = as<PickleTuple>(id, "storage").values;
    if (values.size() != 5) refuse("is damaged: a storage is not described by five values");
    const std::string& type = as<PickleGlobal>(values[1], "type").name;
    if (!is_storage(type)) refuse("keeps values in '" + type + "'");
    push({PickleStorage{type.substr(type.find(' ') + 1), as<std::string>(values[2], "key"),
                        as<std::int64_t>(values[4], "size")}});
  }

  void set_item() {
    const PicklePointer value = pop();
    const PicklePointer name = pop();
    add_items({name, value});
  }

  void add_items(const std::vector<PicklePointer>& items) {
    const PicklePointer target = pop();
    PickleDictionary dictionary = as<PickleDictionary>(target, "dictionary");
    if (items.size() % 2 != 0) refuse("is damaged: a name has no value");
    for (std::size_t i = 0; i < items.size(); i += 2) {
      dictionary.entries.emplace_back(as<std::string>(items[i], "name"), items[i + 1]);
    }
    push({std::move(dictionary)});
  }

  /// A module takes its state: here, both are names and values. What is built upon a dictionary
  /// that has entries are attributes of the dictionary itself, such as versions.
  void build() {
    const PicklePointer state = pop();
    const PicklePointer target = pop();
    const bool own = !as<PickleDictionary>(target, "module").entries.empty();
    push({own ? as<PickleDictionary>(target, "module") : as<PickleDictionary>(state, "state")});
  }

  /// Up to eight bytes, the lowest first, in two's complement.
  std::int64_t long_number() {
    const auto bytes = number<std::uint8_t>();
    if (bytes > 8) refuse("holds a number of more than 64 bits");
    if (bytes == 0) return 0;
    const std::string_view digits = take(bytes);
    std::uint64_t value = static_cast<std::uint8_t>(digits.back()) >= 0x80 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = bytes; i-- > 0;) value = value << 8U | static_cast<std::uint8_t>(digits[i]);
    return static_cast<std::int64_t>(value);
  }

  void remember(std::uint32_t place) {
    if (stack_.empty() || stack_.back() == nullptr) refuse("is damaged: its stack is empty");
    memory_[place] = stack_.back();
  }

  void recall(std::uint32_t place) {
    const auto found = memory_.find(place);
    if (found == memory_.end()) refuse("is damaged: it refers to what is not there");
    stack_.push_back(found->second);
  }

  void obey(char opcode) {
    switch (static_cast<unsigned char>(opcode)) {
      case 'c': return global();
      case 'q': return remember(number<std::uint8_t>());
      case 'r': return remember(number<std::uint32_t>());
      case 'h': return recall(number<std::uint8_t>());
      case 'j': return recall(number<std::uint32_t>());
      case '(': stack_.push_back(nullptr); return;
      case 't': return push({PickleTuple{pop_to_mark()}});
      case ')': return push({PickleTuple{}});
      case 0x85: return push_tuple(1);
      case 0x86: return push_tuple(2);
      case 0x87: return push_tuple(3);
      case '}': return push({PickleDictionary{}});
      case 0x81: return new_object();
      case 'R': return reduce();
      case 'Q': return storage();
      case 'u': return add_items(pop_to_mark());
      case 's': return set_item();
      case 'b': return build();
      case 'X': {
        const auto bytes = number<std::uint32_t>();
        return push({std::string(take(bytes))});
      }
      case 'K': return push({std::int64_t{number<std::uint8_t>()}});
      case 'M': return push({std::int64_t{number<std::uint16_t>()}});
      case 'J': return push({std::int64_t{number<std::int32_t>()}});
      case 0x8a: return push({long_number()});
      case 'G': take(8); return push({0.0});  // no tensor has use for it
      case 'N': return push({std::monostate{}});
      case 0x88: return push({true});
      case 0x89: return push({false});
      default:
        refuse("uses pickle's opcode " + std::to_string(static_cast<unsigned char>(opcode)) +
               ", which tensors have no use for");
    }
  }

  std::string_view left_;
  const std::string& origin_;
  const std::string& remedy_;
  std::vector<PicklePointer> stack_;  ///< null: a mark
  std::map<std::uint32_t, PicklePointer> memory_;
};

}  // namespace

PicklePointer read_pickle(std::string_view bytes, const std::string& origin,
                          const std::string& remedy) {
  return Interpreter(bytes, origin, remedy).run();
}

}  // namespace paralif
