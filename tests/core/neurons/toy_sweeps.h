#pragma once

/// Adds "Toy" to the models written as one step.
void registerToy();
