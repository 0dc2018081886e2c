using AdvFit.Messages;
using AdvFit.Sweeps.Spec;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Sweeps.Tests.Spec;

public class SpecReaderTests
{
    private const string Minimal =
        """
        name: quick
        dataset: tiny
        network: lenet5
        attacks: [fgsm]
        shuffles: 6
        seed: 2020
        """;

    [Fact]
    public void A_full_spec_is_read_with_every_value_resolved()
    {
        var spec = Parse(
            """
            name: quickstart              # comment
            dataset: fashion-mnist-mini
            network: lenet5-wide
            training: { epochs: 12, batch_size: 16, learning_rate: 1e-2, beta1: 0.8 }
            attacks:
              - fgsm
              - attack: deepfool
                profile: paper
                label: deepfool-50
                set: { max_iterations: 50 }
                samples: 500
              - { attack: fgsm, label: fgsm-0.3, set: { epsilon: 0.3, targeted: true } }
            shuffles: 6
            seed: 18446744073709551615
            subsample: { train: 5000, test: 1000 }
            """);

        SpecJson.Write(spec).ShouldBe(
            """
            {"name":"quickstart","dataset":"fashion-mnist-mini","subsample":{"train":5000,"test":1000},"network":"lenet5-wide","training":{"epochs":12,"batch_size":16,"learning_rate":0.01,"beta1":0.8,"beta2":0.999,"epsilon":1E-08},"attacks":[{"label":"fgsm","attack":"fgsm","profile":"paper","parameters":{"epsilon":0.1,"targeted":0},"samples":null},{"label":"deepfool-50","attack":"deepfool","profile":"paper","parameters":{"max_iterations":50,"overshoot":0},"samples":500},{"label":"fgsm-0.3","attack":"fgsm","profile":"paper","parameters":{"epsilon":0.3,"targeted":1},"samples":null}],"shuffles":6,"seed":18446744073709551615}
            """);
    }

    [Fact]
    public void Training_is_the_papers_unless_the_spec_says_otherwise()
    {
        Parse(Minimal).Training.ShouldBe(new TrainingSpec(35, 32, 0.003));
        Parse(Minimal + "\ntraining: { epochs: 2 }").Training.ShouldBe(new TrainingSpec(2, 32, 0.003));
    }

    [Fact]
    public void Photographs_are_resized_by_triangles_and_their_whole_shorter_side_is_kept_unless_the_spec_says_otherwise()
    {
        Parse(Minimal + "\npreprocess: { size: 128 }\ntest_size: 500").ShouldSatisfyAllConditions(
            spec => spec.Preprocess.ShouldBe(new PreprocessSpec(128) { Resize = ResizeMethods.Triangle, Crop = 1 }),
            spec => spec.TestSize.ShouldBe(500),
            spec => SpecJson.Write(spec).ShouldContain(
                "\"preprocess\":{\"size\":128,\"resize\":\"triangle\",\"crop\":1},\"test_size\":500"));
        Parse(Minimal + "\npreprocess: { size: 299, resize: cubic, crop: 0.875 }").Preprocess.ShouldBe(
            new PreprocessSpec(299) { Resize = ResizeMethods.Cubic, Crop = 0.875 });
        Parse(Minimal).ShouldSatisfyAllConditions(
            spec => spec.Preprocess.ShouldBeNull(),
            spec => spec.TestSize.ShouldBeNull(),
            spec => SpecJson.Write(spec).ShouldNotContain("preprocess"),
            spec => SpecJson.Write(spec).ShouldNotContain("test_size"));
    }

    [Theory]
    [InlineData("preprocess: { crop: 1 }", "`preprocess` lacks `size`")]
    [InlineData("preprocess: { size: 74 }", "`size` must be a whole number from 75 to 299, not `74`")]
    [InlineData("preprocess: { size: 75, resize: nearest }", "`resize` cannot be `nearest`; there is `triangle`, `cubic`")]
    [InlineData("preprocess: { size: 75, crop: 0.4 }", "`crop` must be a number from 0.5 to 1, not `0.4`")]
    [InlineData("test_size: 0", "`test_size` must be a whole number from 1 to 2147483647, not `0`")]
    public void A_bad_preparation_of_the_data_is_told_what_it_should_be(string line, string message) =>
        Should.Throw<SpecException>(() => Parse($"{Minimal}\n{line}")).Message.ShouldContain(message);

    [Theory]
    [InlineData("", CheckpointsKept.All, AdversarialKept.All)]
    [InlineData("keep: { checkpoints: all, adversarial: all }", CheckpointsKept.All, AdversarialKept.All)]
    [InlineData("keep: { checkpoints: reference }", CheckpointsKept.Reference, AdversarialKept.All)]
    [InlineData("keep: { checkpoints: none, adversarial: none }", CheckpointsKept.None, AdversarialKept.None)]
    public void Everything_is_kept_unless_the_spec_says_otherwise(string keep, CheckpointsKept checkpoints, AdversarialKept adversarial) =>
        Parse($"{Minimal}\n{keep}").Keep.ShouldBe(new KeepPolicy(checkpoints, adversarial));

    [Fact]
    public void Nothing_but_the_known_choices_can_be_kept() =>
        ProblemsOf($"{Minimal}\nkeep: {{ checkpoints: some, adversarial: reference, samples: none }}").Count().ShouldBe(3);

    [Fact]
    public void Anchors_and_aliases_work_as_in_any_yaml()
    {
        var spec = Parse(Minimal.Replace("[fgsm]", "[{ attack: &a fgsm }, { attack: *a, label: again }]", StringComparison.Ordinal));

        spec.Attacks.Select(attack => attack.Label).ShouldBe(["fgsm", "again"]);
    }

    [Theory]
    [InlineData("many", 300_000, "*a")]
    [InlineData("values", 300_000, "x")]
    [InlineData("of many of many", 20, "*c")]
    public void Aliases_cannot_make_a_spec_larger_than_anybody_needs(string what, int count, string item)
    {
        var yaml = $"""
            a: &a [1, 2, 3]
            b: &b [{string.Join(", ", Enumerable.Repeat("*a", 100))}]
            c: &c [{string.Join(", ", Enumerable.Repeat("*b", 10))}]
            {what}: [{string.Join(", ", Enumerable.Repeat(item, count))}]
            """;

        ProblemsOf(yaml).ShouldHaveSingleItem().ShouldMatch(
            @"^sweep\.yaml:4:\d+: .*up to here there are more than 10000 values, counting what aliases stand for each time; a spec needs far fewer");
    }

    [Fact]
    public void Optimiser_and_schedule_are_left_out_of_the_canonical_JSON_where_they_are_Adam_at_a_constant_rate()
    {
        var training = new TrainingSpec(2, 8, 0.1);
        SpecJson.Write(Some.Spec with { Training = training }).ShouldNotContain("optimizer");
        SpecJson.Write(Some.Spec with
        {
            Training = training with
            {
                Optimizer = OptimizerKind.Sgd,
                Momentum = 0.9,
                Nesterov = true,
                WeightDecay = 0.0005,
                Schedule = RateSchedule.Cosine,
            },
        }).ShouldContain(""","optimizer":"sgd","momentum":0.9,"nesterov":true,"weight_decay":0.0005,"schedule":"cosine"}""");
    }

    [Theory]
    [InlineData("momentum: 0.9", "`momentum` is for `optimizer: sgd` and `rmsprop`; Adam's is `beta1`")]
    [InlineData("optimizer: sgd, nesterov: true", "`nesterov` is for `optimizer: sgd` with a `momentum`")]
    [InlineData("schedule: step, step_epochs: 3", "`schedule: step` needs `step_epochs` and `step_factor`, such as 10 and 0.1")]
    [InlineData("schedule: cosine, step_epochs: 3", "`step_epochs` is for `schedule: step`")]
    [InlineData("step_factor: 0.5", "`step_factor` is for `schedule: step`")]
    [InlineData("optimizer: lion", "`optimizer` cannot be `lion`; there is `adam`, `sgd`, `rmsprop`")]
    public void Fields_of_the_training_that_do_not_fit_each_other_are_refused(string training, string problem) => ProblemsOf(
        $$"""
        name: quick
        dataset: fashion-mnist-mini
        network: lenet5
        training: { {{training}} }
        attacks: [fgsm]
        shuffles: 1
        seed: 1
        """).ShouldHaveSingleItem().ShouldEndWith(problem);

    [Fact]
    public void All_problems_are_reported_at_once_with_their_place_in_order()
    {
        var problems = ProblemsOf(
            """
            name: Quick Start
            network: lenet6
            training: { epoch: 12, batch_size: many, learning_rate: -1 }
            attacks:
              - fgsm
              - { attack: fgsm, profile: papr }
              - { attack: fgms, set: { epsilon: 2 } }
              - { attack: fgsm, label: big, set: { epsilon: 2, epsilo: 1, targeted: 1 } }
            shuffles: 6
            shuffles: 0
            seed: "7"
            subsample: 100
            """);

        problems.ShouldBe(
        [
            "sweep.yaml:1:1: the spec lacks `dataset`",
            "sweep.yaml:1:7: `name` must be up to 64 lower-case letters, digits and dashes, the first no dash, not `Quick Start`",
            "sweep.yaml:2:10: `network` cannot be `lenet6`; did you mean `lenet5`?",
            "sweep.yaml:3:13: `training` has no `epoch`; did you mean `epochs`?",
            "sweep.yaml:3:36: `batch_size` must be a whole number from 1 to 1048576, not `many`",
            "sweep.yaml:3:57: `learning_rate` must be a number above 0, not `-1`",
            "sweep.yaml:6:15: the label `fgsm` is taken by the attack in line 5; give one of them a `label` of its own",
            "sweep.yaml:6:30: `profile` cannot be `papr`; did you mean `paper`?",
            "sweep.yaml:7:15: `attack` cannot be `fgms`; did you mean `fgsm`?",
            "sweep.yaml:8:49: `epsilon` must be a number from 0 to 1, not `2`",
            "sweep.yaml:8:52: `set` has no `epsilo`; did you mean `epsilon`?",
            "sweep.yaml:8:73: `targeted` must be true or false, not `1`",
            "sweep.yaml:10:1: `shuffles` is given twice, first in line 9; keep one",
            "sweep.yaml:11:7: `seed` must be a whole number from 0 to 18446744073709551615, not the quoted text \"7\"",
            "sweep.yaml:12:12: `subsample` must be a mapping, such as subsample: { train: .. }",
        ]);
    }

    [Theory]
    [InlineData("", "sweep.yaml:1:1: the spec is a mapping with name, dataset, preprocess, test_size, classifier, neighbours, network, training, attacks, shuffles, seed, subsample, keep")]
    [InlineData("- a", "sweep.yaml:1:1: the spec is a mapping with name, dataset, preprocess, test_size, classifier, neighbours, network, training, attacks, shuffles, seed, subsample, keep")]
    public void What_is_no_mapping_is_told_what_a_spec_is(string yaml, string problem) => ProblemsOf(yaml).ShouldBe([problem]);

    [Theory]
    [InlineData("name: 'quick\ndataset: tiny\n", 1)]
    [InlineData("name: quick\n- tiny\n", 2)]
    [InlineData("name: [quick\n", 2)]
    [InlineData("name: {quick: 1\ndataset: 2\n", 2)]
    [InlineData("name: *nobody", 1)]
    [InlineData("name: quick\n---\nname: quick", 2)]
    public void What_is_no_single_yaml_document_is_reported_at_its_line(string yaml, int line)
    {
        var problem = Should.Throw<SpecException>(() => Parse(yaml)).Problems.ShouldHaveSingleItem();

        problem.Line.ShouldBe(line);
        problem.Message.ShouldStartWith("not valid YAML: ");
    }

    [Theory]
    [InlineData("attacks: []", "`attacks` must be a list with at least one attack, such as [fgsm, deepfool]")]
    [InlineData("attacks: fgsm", "`attacks` must be a list with at least one attack, such as [fgsm, deepfool]")]
    [InlineData("attacks: [[fgsm]]", "an attack is a name, or a mapping such as { attack: fgsm, profile: paper }")]
    [InlineData("attacks: [{ profile: paper }]", "an attack lacks `attack`")]
    [InlineData("attacks: [{ attack: fgsm, label: test }]", "`label` cannot be `test`, which is the name of another subset")]
    [InlineData("attacks: [{ attack: fgsm, label: ../x }]", "`label` must be up to 64 lower-case letters, digits, dashes and dots, the first a letter or digit, not `../x`")]
    [InlineData("attacks: [{ attack: fgsm, samples: 0 }]", "`samples` must be a whole number from 1 to 2147483647, not `0`")]
    [InlineData("attacks: [{ attack: deepfool, set: { max_iterations: 1.5 } }]", "`max_iterations` must be a whole number from 1 to 100000, not `1.5`")]
    [InlineData("attacks: [{ attack: deepfool, set: { overshoot: .inf } }]", "`overshoot` must be a number of at least 0, not `.inf`")]
    public void A_bad_attack_is_told_what_it_should_be(string attacks, string message)
    {
        var yaml = Minimal.Replace("attacks: [fgsm]", attacks, StringComparison.Ordinal);

        Should.Throw<SpecException>(() => Parse(yaml)).Problems.Select(problem => problem.Message).ShouldBe([message]);
    }

    [Fact]
    public void A_missing_file_is_one_sentence_that_names_it()
    {
        Should.Throw<SpecException>(() => new SpecReader(Some.Vocabulary).Read("nowhere/none.yaml"))
            .Message.ShouldBe("There is no spec nowhere/none.yaml; give the path of a YAML file.");
    }

    [Property]
    public Property Any_text_is_either_a_spec_or_a_list_of_problems() => Prop.ForAll(
        Mutations().ToArbitrary(),
        yaml =>
        {
            try
            {
                Parse(yaml);
            }
            catch (SpecException error)
            {
                error.Problems.ShouldNotBeEmpty();
            }
        });

    /// <summary>A sound spec with a few characters replaced by ones that YAML cares about.</summary>
    private static Gen<string> Mutations() =>
        from places in Gen.Choose(0, Minimal.Length - 1).ListOf(3)
        from characters in Gen.Elements("\n\t:{}[]&*!|>'\"%@#-, 0a\\\0".ToCharArray()).ListOf(3)
        select new string([.. Minimal.Select((c, i) => places.IndexOf(i) is >= 0 and var at ? characters[at] : c)]);

    private static SweepSpec Parse(string yaml) => new SpecReader(Some.Vocabulary).Parse(yaml, "sweep.yaml");

    private static IEnumerable<string> ProblemsOf(string yaml) =>
        Should.Throw<SpecException>(() => Parse(yaml)).Problems.Select(problem => problem.ToString());
}
