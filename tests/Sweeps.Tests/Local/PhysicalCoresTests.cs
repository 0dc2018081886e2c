using AdvFit.Sweeps.Local;

namespace AdvFit.Sweeps.Tests.Local;

public class PhysicalCoresTests
{
    [Fact]
    public void There_is_at_least_one_core_and_no_more_than_processors() =>
        PhysicalCores.Count().ShouldBeInRange(1, Environment.ProcessorCount);
}
