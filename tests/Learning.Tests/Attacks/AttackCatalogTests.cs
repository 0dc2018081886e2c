using System.Collections.Immutable;
using AdvFit.Learning.Attacks;

namespace AdvFit.Learning.Tests.Attacks;

public class AttackCatalogTests
{
    [Fact]
    public void Every_attack_has_the_four_profiles_each_with_a_source_and_allowed_values_for_every_parameter()
    {
        foreach (var attack in AttackCatalog.Attacks)
        {
            attack.Profiles.Select(profile => profile.Name).ShouldBe(["paper", "reference", "foolbox", "art"]);
            foreach (var profile in attack.Profiles)
            {
                profile.Source.ShouldNotBeNullOrWhiteSpace();
                profile.Parameters.Keys.ShouldBe(attack.Parameters.Select(p => p.Name), ignoreOrder: true);
                attack.Parameters.ShouldAllBe(p => p.Refuse(profile.Parameters[p.Name]) == null);
                AttackCatalog.Create(attack.Name, profile.Parameters).ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public void The_paper_profiles_are_what_the_paper_says()
    {
        Profile("fgsm", "paper")["epsilon"].ShouldBe(0.1);
        Profile("fgsm", "paper")["search_steps"].ShouldBe(1);
        Profile("deepfool", "paper")["max_iterations"].ShouldBe(100);
        Profile("deepfool", "paper")["overshoot"].ShouldBe(0);
        Profile("carlini-wagner", "paper").ShouldBe(Profile("carlini-wagner", "art"));
        Profile("hopskipjump", "paper").ShouldBe(Profile("hopskipjump", "art"));
    }

    [Fact]
    public void An_unknown_attack_is_refused_with_the_known_ones() =>
        Should.Throw<ArgumentException>(() => AttackCatalog.Create("fgms", Profile("fgsm", "paper")))
            .Message.ShouldContain("no attack 'fgms'; there are fgsm, deepfool, carlini-wagner, hopskipjump");

    [Fact]
    public void Every_fault_of_the_parameters_is_named_at_once()
    {
        var parameters = Profile("deepfool", "paper").Remove("overshoot")
            .SetItem("max_iterations", 1.5).SetItem("candidates", 1).SetItem("overshoot_each_step", 2)
            .SetItem("step_margin", double.NaN).SetItem("steps", 3);

        var message = Should.Throw<ArgumentException>(() => AttackCatalog.Create("deepfool", parameters)).Message;

        message.ShouldContain("max_iterations must be a whole number from 1 to 1000000, but is 1.5");
        message.ShouldContain("candidates must be a whole number from 2 to 256, but is 1");
        message.ShouldContain("overshoot is missing");
        message.ShouldContain("overshoot_each_step must be 0 (no) or 1 (yes), but is 2");
        message.ShouldContain("step_margin must be a number from 0 to 1, but is NaN");
        message.ShouldContain("it has no parameter steps");
    }

    [Fact]
    public void Parameters_reach_the_attack()
    {
        var classifier = new LinearClassifier(new(1, 1, 2), [[0, 0], [1, -1]], [9, 0]);
        AttackCatalog.Create("fgsm", Profile("fgsm", "paper").SetItem("epsilon", 0.25))
            .Craft(classifier, [0.5f, 0.5f], [0]).Adversarial.ShouldBe([0.75f, 0.25f]);
    }

    [Fact]
    public void Parameters_out_of_range_are_refused_by_the_attacks_themselves()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Fgsm(new(double.NaN)));
        Should.Throw<ArgumentOutOfRangeException>(() => new Fgsm(new(0.1, 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => new Fgsm(new(0.1, 1, -1)));
        Should.Throw<ArgumentOutOfRangeException>(() => new DeepFool(new(0, 10, 0, false, 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => new DeepFool(new(1, 1, 0, false, 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => new DeepFool(new(1, 10, double.NaN, false, 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => new DeepFool(new(1, 10, 0, false, -1)));
        Should.Throw<ArgumentOutOfRangeException>(() => new HopSkipJump(new(0, 100, 200, 1, 1.5, 10, 0, 500)));
        Should.Throw<ArgumentOutOfRangeException>(() => new HopSkipJump(new(9, 0, 200, 1, 1.5, 10, 0, 500)));
        Should.Throw<ArgumentOutOfRangeException>(() => new HopSkipJump(new(9, 100, 99, 1, 1.5, 10, 0, 500)));
        Should.Throw<ArgumentOutOfRangeException>(() => new HopSkipJump(new(9, 100, 200, double.NaN, 1.5, 10, 0, 500)));
        Should.Throw<ArgumentOutOfRangeException>(() => new HopSkipJump(new(9, 100, 200, 1, -1, 10, 0, 500)));
        Should.Throw<ArgumentOutOfRangeException>(() => new HopSkipJump(new(9, 100, 200, 1, 1.5, 0, 0, 500)));
        Should.Throw<ArgumentOutOfRangeException>(() => new HopSkipJump(new(9, 100, 200, 1, 1.5, 10, -1, 500)));
        Should.Throw<ArgumentOutOfRangeException>(() => new HopSkipJump(new(9, 100, 200, 1, 1.5, 10, 0, 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => new HopSkipJump(new(9, 100, 200, 1, 1.5, 10, 0, 1 << 24)));
        Should.Throw<ArgumentOutOfRangeException>(() => new CarliniWagner(new(0, 0, 9, 10, 0.1, true)));
        Should.Throw<ArgumentOutOfRangeException>(() => new CarliniWagner(new(0, 1, 0, 10, 0.1, true)));
        Should.Throw<ArgumentOutOfRangeException>(() => new CarliniWagner(new(0, 1, 9, 0, 0.1, true)));
        Should.Throw<ArgumentOutOfRangeException>(() => new CarliniWagner(new(0, 1, 9, 10, double.NaN, true)));
        Should.Throw<ArgumentOutOfRangeException>(() => new CarliniWagner(new(-1, 1, 9, 10, 0.1, true)));
        Should.Throw<ArgumentOutOfRangeException>(() => new CarliniWagnerLineSearch(new(0, 1, 9, 10, 0.1, 0, 5)));
        Should.Throw<ArgumentOutOfRangeException>(() => new CarliniWagnerLineSearch(new(0, 1, 9, 10, 0.1, 5, -1)));
    }

    private static ImmutableSortedDictionary<string, double> Profile(string attack, string profile) =>
        AttackCatalog.Find(attack)!.Profiles.Single(known => known.Name == profile).Parameters;
}
