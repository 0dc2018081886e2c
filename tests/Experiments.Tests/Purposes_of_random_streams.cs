using System.Reflection;
using AdvFit.Learning.Randomness;

namespace AdvFit.Experiments.Tests;

public class Purposes_of_random_streams
{
    [Fact]
    public void No_two_share_a_number_and_none_is_renumbered()
    {
        var declared = new[] { typeof(RandomStream).Assembly, typeof(Workload).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Purpose))
            .Select(field => $"{((Purpose)field.GetValue(null)!).Number} {field.DeclaringType!.Name}.{field.Name}");

        declared.Order(StringComparer.Ordinal).ShouldBe(
        [
            "1 StratifiedShuffle.TrainSplit",
            "2 StratifiedShuffle.SubsampleOfSplit",
            "3 Parameters.InitialWeights",
            "4 Trainer.EpochOrder",
            "5 AttackCrafting.AttackSubsample",
            "6 HopSkipJumpAttack.StartNoise",
            "7 GradientEstimator.Directions",
            "8 Trainer.Dropped",
        ]);
    }
}
