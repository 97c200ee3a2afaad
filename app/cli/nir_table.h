// How faithful a NIR graph and a network are to each other, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/exchange/export_run.h"

namespace paralif::cli {

/// On the input that another program recorded in `file`.
void print_reference(const NirFidelity& fidelity, const std::string& file);
void print_fidelity(const NirFidelity& fidelity, const std::string& file);
nlohmann::ordered_json json_of(const NirFidelity& fidelity, const std::string& file);

}  // namespace paralif::cli
