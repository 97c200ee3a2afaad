// The datasets, one file each; catalogue.cpp lists them.
#pragma once

#include "datasets/catalogue/dataset.h"

namespace paralif {

Dataset yin_yang_dataset();
Dataset heidelberg_dataset();
Dataset speech_commands_dataset();
Dataset ntidigits_dataset();
Dataset nmnist_dataset();
Dataset gesture_dataset();
Dataset cifar10_dataset();
Dataset own_points_dataset();

}  // namespace paralif
