// Experiment files of earlier schemas.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace paralif {

/// Makes schema 2 of schema 1, with the same meaning: there, 0 stood for absent values, the
/// learning rate was constant unless `training.scheduler` was true, and the `validation` share of
/// own points was their test set. Members of wrong types stay as they are, to be refused by name.
void migrate_first_schema(nlohmann::json& experiment);

}  // namespace paralif
