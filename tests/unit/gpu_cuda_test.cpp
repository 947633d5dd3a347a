#include "dockerlite/gpu/cuda.hpp"
#include "support/catch.hpp"

namespace dockerlite::gpu {
namespace {

// As in NVIDIA's image of CUDA 12.4.
constexpr std::string_view kImage124 =
    "cuda>=12.4 brand=tesla,driver>=470,driver<471 brand=unknown,driver>=470,driver<471 "
    "brand=nvidia,driver>=470,driver<471 brand=tesla,driver>=525,driver<526 brand=tesla,driver>=535,driver<536";

using Shortfall = std::optional<CudaShortfall>;

CudaShortfall too_old(std::string needs, std::string driver, std::string supports) {
  return {std::move(needs), std::move(driver), std::move(supports)};
}

}  // namespace

TEST_CASE("A driver that is too old for an image's CUDA") {
  struct Case {
    std::string_view require, driver;
    Shortfall shortfall;
  };
  const Case cases[] = {
      {"cuda>=12.4", "535.104.05", too_old("12.4", "535.104.05", "12.2")},
      {"cuda>=12.4", "550.54.14", {}},
      {"cuda>=12.4", "550.54", {}},
      {"cuda>=12.4", "550.40.07", too_old("12.4", "550.40.07", "12.3")},
      {"cuda>=12.4", "580.95.05", {}},
      {"cuda>=13.0", "580.65.06", {}},
      {"cuda>=10.1", "410.48", too_old("10.1", "410.48", "10.0")},
      {"cuda>=12.10", "575.51.03", too_old("12.10", "575.51.03", "12.9")},

      // alternatives and conditions
      {kImage124, "545.23.08", too_old("12.4", "545.23.08", "12.3")},
      {kImage124, "470.256.02", {}},
      {kImage124, "535.104.05", {}},
      {kImage124, "515.43.04", too_old("12.4", "515.43.04", "11.7")},
      {kImage124, "550.90.07", {}},
      {"cuda>=12.4 cuda>=12.3", "535.104.05", too_old("12.3", "535.104.05", "12.2")},
      {"cuda>=12.4  ", "535.104.05", too_old("12.4", "535.104.05", "12.2")},
      {"cuda>=12.4,brand=tesla", "535.104.05", too_old("12.4", "535.104.05", "12.2")},
      {"cuda>=11.0,driver>=560 cuda>=12.4", "535.104.05", too_old("12.4", "535.104.05", "12.2")},

      // operators
      {"cuda=12.4", "535.104.05", too_old("12.4", "535.104.05", "12.2")},
      {"cuda=12.2", "535.104.05", {}},
      {"cuda>12.1", "535.104.05", {}},
      {"cuda>=12.4 cuda<=12.2", "535.104.05", {}},
      {"cuda>=12.4 cuda<12.2", "535.104.05", too_old("12.4", "535.104.05", "12.2")},
      {"cuda>=12.4 cuda!=12.2", "535.104.05", too_old("12.4", "535.104.05", "12.2")},
      {"cuda>=12.4 cuda!=12.3", "535.104.05", {}},

      // what a newer CUDA would not help against, or is not known
      {"cuda<12", "535.104.05", {}},
      {"driver>=550", "535.104.05", {}},
      {"brand=tesla", "535.104.05", {}},
      {"arch>=9.0", "535.104.05", {}},
      {"cuda>=12.4 future~1", "535.104.05", {}},
      {"cuda>=13.1", "590.44.01", {}},
      {"cuda>=12.4", "390.157", {}},

      // what cannot be read
      {"", "535.104.05", {}},
      {"cuda>=12.4", "", {}},
      {"cuda>=12.4", "535.x", {}},
      {"cuda>=12.4", "535.", {}},
      {"cuda>=12.4", "1.2.3.4.5", {}},
      {"cuda>=", "535.104.05", {}},
      {"cuda", "535.104.05", {}},
      {">=12.4", "535.104.05", {}},
      {"cuda>=twelve", "535.104.05", {}},
      {"cuda!12", "535.104.05", {}},
      {"cuda>=12.4,,driver>=1", "535.104.05", {}},
      {"cuda>=99999999999", "535.104.05", {}},
  };
  for (const Case& test : cases) {
    INFO(test.require << " with driver " << test.driver);
    CHECK(cuda_shortfall(test.require, test.driver) == test.shortfall);
  }
}

}  // namespace dockerlite::gpu
