#include "core/values/parameter_json.h"

namespace paralif {
namespace {

using Json = nlohmann::ordered_json;

struct Writer {
  Json operator()(const Absent&) const { return nullptr; }
  Json operator()(const std::vector<LayerValue>& list) const {
    Json all = Json::array();
    for (const LayerValue& one : list) all.push_back(std::visit(*this, one));
    return all;
  }
  template <typename T>
  Json operator()(const T& plain) const {
    return plain;
  }
};

}  // namespace

Json json_of(const ParameterValue& value) {
  return std::visit(Writer{}, value);
}

}  // namespace paralif
