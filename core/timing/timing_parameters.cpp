#include "core/timing/timing_parameters.h"

namespace paralif {

std::span<const Parameter<TimingPlan>> timing_parameters() {
  static const std::vector<Parameter<TimingPlan>> table{
      parameter<TimingPlan>(
          {.key = "threads",
           .label = marked("Threads"),
           .explanation = marked("Threads of the CPU, where its device names none"),
           .minimum = 0,
           .maximum = 1024,
           .zero_word = marked("all cores")},
          &TimingPlan::threads),
      parameter<TimingPlan>({.key = "batch",
                             .label = marked("Batch"),
                             .explanation = marked("Samples computed at once"),
                             .minimum = 1,
                             .maximum = 1e6},
                            &TimingPlan::batch),
      parameter<TimingPlan>({.key = "neurons",
                             .label = marked("Neurons"),
                             .explanation = marked("Neurons of the layer"),
                             .minimum = 1,
                             .maximum = 1e6},
                            &TimingPlan::neurons),
      parameter<TimingPlan>(
          {.key = "lengths",
           .label = marked("Lengths"),
           .unit = marked("steps"),
           .explanation =
               marked("Steps of the input: a list such as 10, 100, 1000, or an even range such "
                      "as linear:10:5000:10 (first, last, how many), or log:10:5000:10"),
           .minimum = 1,
           .maximum = 1e7,
           .read = [](const std::string& text) -> ParameterValue { return lengths_from(text); },
           .write =
               [](const ParameterValue& value) {
                 return lengths_text(std::get<std::vector<std::int64_t>>(value));
               }},
          &TimingPlan::lengths),
      parameter<TimingPlan>({.key = "trials",
                             .label = marked("Trials"),
                             .explanation = marked("Measurements of each point; the median counts"),
                             .minimum = 1,
                             .maximum = 1000},
                            &TimingPlan::trials),
      parameter<TimingPlan>(
          {.key = "budget_s",
           .flag = "budget",
           .label = marked("Budget"),
           .unit = symbol("s"),
           .explanation =
               marked("A point that has used this time gets no further trials, but three"),
           .minimum = 0,
           .maximum = 86400,
           .zero_word = marked("none")},
          &TimingPlan::budget_s),
      parameter<TimingPlan>({.key = "limit_s",
                             .flag = "limit",
                             .label = marked("Limit"),
                             .unit = symbol("s"),
                             .explanation = marked("A pass that would take longer is left out"),
                             .minimum = 0.001,
                             .maximum = 86400},
                            &TimingPlan::limit_s),
  };
  return table;
}

}  // namespace paralif
