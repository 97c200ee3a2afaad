#include "core/timing/timing_parameters.h"

#include "core/values/parameter_text.h"

namespace paralif {

std::span<const Parameter<TimingPlan>> timing_parameters() {
  static const std::vector<Parameter<TimingPlan>> table{
      parameter<TimingPlan>({.key = "threads", .label = "Threads",
                             .explanation = "Threads of the CPU, where its device names none",
                             .minimum = 0, .maximum = 1024, .zero_word = "all cores"},
                            &TimingPlan::threads),
      parameter<TimingPlan>({.key = "batch", .label = "Batch",
                             .explanation = "Samples computed at once", .minimum = 1,
                             .maximum = 1e6},
                            &TimingPlan::batch),
      parameter<TimingPlan>({.key = "neurons", .label = "Neurons",
                             .explanation = "Neurons of the layer", .minimum = 1, .maximum = 1e6},
                            &TimingPlan::neurons),
      parameter<TimingPlan>(
          {.key = "lengths", .label = "Lengths", .unit = "steps",
           .explanation = "Steps of the input: a list such as 10, 100, 1000, or an even range such "
                          "as linear:10:5000:10 (first, last, how many), or log:10:5000:10",
           .minimum = 1, .maximum = 1e7},
          &TimingPlan::lengths),
      parameter<TimingPlan>({.key = "trials", .label = "Trials",
                             .explanation = "Measurements of each point; the median counts",
                             .minimum = 1, .maximum = 1000},
                            &TimingPlan::trials),
      parameter<TimingPlan>(
          {.key = "budget_s", .flag = "budget", .label = "Budget", .unit = "s",
           .explanation = "A point that has used this time gets no further trials, but three",
           .minimum = 0, .maximum = 86400, .zero_word = "none"},
          &TimingPlan::budget_s),
      parameter<TimingPlan>({.key = "limit_s", .flag = "limit", .label = "Limit", .unit = "s",
                             .explanation = "A pass that would take longer is left out",
                             .minimum = 0.001, .maximum = 86400},
                            &TimingPlan::limit_s),
  };
  return table;
}

void set_timing_parameter(TimingPlan& plan, const Parameter<TimingPlan>& parameter,
                          const std::string& text) {
  parameter.set(plan, parameter.key == "lengths" ? ParameterValue(lengths_from(text))
                                                 : parse_parameter(parameter, text));
}

std::string timing_parameter_text(const TimingPlan& plan, const Parameter<TimingPlan>& parameter) {
  return parameter.key == "lengths" ? lengths_text(plan.lengths)
                                    : format_parameter(parameter.get(plan));
}

}  // namespace paralif
