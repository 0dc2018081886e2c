using AdvFit.Learning.Data;
using AdvFit.Learning.Formats;
using AdvFit.Learning.Kernels;
using AdvFit.Messages;

namespace AdvFit.Experiments.Tests.Cnn;

/// <summary>The CNN workflow on a small subsample of real images.</summary>
public sealed class CnnExperimentTests
{
    private static readonly Dataset s_data = DatasetLoader.Load(DatasetFolders.Locate(null), "fashion-mnist-mini");

    private static readonly SweepSpec s_sweep = new(
        "test", "fashion-mnist-mini", new Subsample(320, 200), "lenet5", new TrainingSpec(4, 32, 0.003),
        [ShuffleRun.Attack("fgsm", null), ShuffleRun.Attack("deepfool", 40)], 2, 2020);

    /// <summary>Small, but with more samples than one chunk holds, so that there is something to divide.</summary>
    private static readonly SweepSpec s_allAttacks = s_sweep with
    {
        Subsample = new Subsample(640, 320),
        Training = new TrainingSpec(2, 32, 0.003),
        Attacks =
        [
            ShuffleRun.Attack("fgsm", null), ShuffleRun.Attack("deepfool", null, ("max_iterations", 20)),
            ShuffleRun.Attack("carlini-wagner", null, ("line_search", 0), ("binary_search_steps", 2), ("max_iterations", 5)),
            ShuffleRun.Attack("hopskipjump", 64, ("query_budget", 150)),
        ],
    };

    private static readonly Lazy<ShuffleRun> s_uninterrupted = new(() =>
    {
        var run = NewRun(s_allAttacks);
        run.Execute(ShuffleRecord.Empty);
        return run;
    });

    [Fact]
    public void A_shuffle_reports_every_epoch_then_every_attack_then_its_outcome()
    {
        var run = NewRun();
        run.Execute(ShuffleRecord.Empty);
        run.Facts.Select(fact => fact switch
        {
            EpochTrained epoch => $"epoch {epoch.Epoch}",
            AttackCrafted attack => attack.Outcome.Attack,
            ShuffleEvaluated => "outcome",
            _ => fact.ToString(),
        }).ShouldBe(["epoch 1", "epoch 2", "epoch 3", "epoch 4", "fgsm", "deepfool", "outcome"]);
        run.Facts.ShouldAllBe(fact => fact.Shuffle == 2 && fact.Attempt == 7);
    }

    [Fact]
    public void At_the_reference_epoch_fail_and_adversarial_accuracy_are_zero_by_construction()
    {
        var run = NewRun();
        run.Execute(ShuffleRecord.Empty);
        var outcome = run.Outcome;
        var epochs = run.Facts.OfType<EpochTrained>().ToList();
        outcome.ReferenceLevel.ShouldBe(ReferenceLevel.Choose([.. epochs.Select(epoch => epoch.TestCorrect)]));
        var (test, fail) = (outcome.Curves[1], outcome.Curves[2]);
        var at = outcome.ReferenceLevel - 1;
        fail.Samples.ShouldBe(test.Samples - test.Correct[at]);
        fail.Correct[at].ShouldBe(0);
        foreach (var curve in outcome.Curves[3..])
        {
            curve.Samples.ShouldBeGreaterThan(0);
            curve.Correct[at].ShouldBe(0);
        }

        outcome.Attacks[0].Attempted.ShouldBe(test.Correct[at]);
        outcome.Attacks[1].Attempted.ShouldBe(40);
        outcome.Attacks.ShouldAllBe(attack => attack.Succeeded == attack.L2.Count && attack.L2.Minimum > 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_one_thread_and_on_three()
    {
        var (one, three) = (NewRun(), NewRun());
        one.Execute(ShuffleRecord.Empty, threads: 1);
        three.Execute(ShuffleRecord.Empty, threads: 3);
        three.Hashes.ShouldBe(one.Hashes);
        ShuffleRun.Json(three.Outcome).ShouldBe(ShuffleRun.Json(one.Outcome));
    }

    [Fact]
    public void Attacks_that_search_and_draw_give_the_same_bytes_on_one_thread_and_on_three()
    {
        var sweep = s_sweep with
        {
            // More samples than one chunk holds, so that there is something to divide.
            Subsample = new Subsample(960, 700),
            Training = new TrainingSpec(2, 32, 0.003),
            Attacks =
            [
                ShuffleRun.Attack("carlini-wagner", null, ("line_search", 0), ("binary_search_steps", 6), ("max_iterations", 10)),
                ShuffleRun.Attack("hopskipjump", null, ("query_budget", 200)),
            ],
        };
        var (one, three) = (NewRun(sweep), NewRun(sweep));
        one.Execute(ShuffleRecord.Empty, threads: 1);
        three.Execute(ShuffleRecord.Empty, threads: 3);
        one.Outcome.Attacks.ShouldAllBe(attack => attack.Attempted > 256 && attack.Succeeded > 0);
        three.Hashes.ShouldBe(one.Hashes);
        ShuffleRun.Json(three.Outcome).ShouldBe(ShuffleRun.Json(one.Outcome));
    }

    public static IEnumerable<object[]> EveryWay { get; } =
        from width in Enum.GetValues<VectorWidth>()
        from threads in new[] { 1, 2 }
        from killed in new[] { false, true }
        select new object[] { width, threads, killed };

    [Theory]
    [MemberData(nameof(EveryWay))]
    public void Any_vector_width_threads_and_interruptions_give_the_same_bytes(VectorWidth width, int threads, bool killed)
    {
        var run = NewRun(s_allAttacks);
        for (var facts = 1; killed && facts < 7; facts++)
        {
            // Abandoned in the middle of what follows each fact, then begun again with the record alone.
            using var abandon = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => run.Execute(
                run.Record, threads, abandon: abandon, width: width,
                onProgress: _ => { if (run.Facts.Count == facts) { abandon.Cancel(); } }));
        }

        run.Execute(run.Record, threads, width: width);
        var expected = s_uninterrupted.Value;
        run.Hashes.ShouldBe(expected.Hashes);
        ShuffleRun.Json(run.Outcome).ShouldBe(ShuffleRun.Json(expected.Outcome));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Stopped_after_any_fact_and_resumed_it_repeats_nothing_and_ends_the_same(int factsBefore)
    {
        var (whole, halves) = (NewRun(), NewRun());
        whole.Execute(ShuffleRecord.Empty);
        if (factsBefore > 0)
        {
            using var stop = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => halves.Execute(
                ShuffleRecord.Empty, stop: stop, onFact: count => { if (count == factsBefore) { stop.Cancel(); } }));
            halves.Facts.Count.ShouldBe(factsBefore);
        }

        halves.Execute(halves.Record);
        halves.Facts.Count.ShouldBe(whole.Facts.Count);
        halves.Hashes.ShouldBe(whole.Hashes);
        ShuffleRun.Json(halves.Outcome).ShouldBe(ShuffleRun.Json(whole.Outcome));
    }

    [Fact]
    public void A_damaged_file_is_computed_anew_to_the_same_bytes()
    {
        var run = NewRun();
        run.Execute(ShuffleRecord.Empty);
        var (hashes, record) = (run.Hashes, run.Record);
        run.Artifacts.Files[record.Of<EpochTrained>()[1].Checkpoint.Path] = [1, 2, 3];
        run.Artifacts.Files.TryRemove(record.Of<AttackCrafted>()[0].Adversarial.Path, out _);
        run.Facts.Clear();
        run.Execute(record);
        run.Facts.OfType<EpochTrained>().Count().ShouldBe(4);
        run.Facts.OfType<AttackCrafted>().Single().Outcome.Attack.ShouldBe("fgsm");
        run.Hashes.ShouldBe(hashes);
    }

    [Fact]
    public void Of_a_training_whose_later_files_are_gone_only_the_later_epochs_are_trained_again()
    {
        var (whole, begun) = (NewRun(), NewRun());
        whole.Execute(ShuffleRecord.Empty);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => begun.Execute(
            ShuffleRecord.Empty, stop: stop, onFact: count => { if (count == 2) { stop.Cancel(); } }));
        begun.Facts.Clear();

        begun.Execute(whole.Record);

        begun.Facts.OfType<EpochTrained>().Select(epoch => epoch.Epoch).ShouldBe([3, 4]);
        begun.Hashes.ShouldBe(whole.Hashes);
        ShuffleRun.Json(begun.Outcome).ShouldBe(ShuffleRun.Json(whole.Outcome));
    }

    [Fact]
    public void Abandoned_in_the_middle_of_an_epoch_it_stops_and_reports_nothing_of_it()
    {
        var run = NewRun();
        using var abandon = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => run.Execute(
            ShuffleRecord.Empty, abandon: abandon,
            onProgress: progress => { if (progress is { Epoch: 2, Done: > 100 }) { abandon.Cancel(); } }));
        run.Facts.Count.ShouldBe(1);
    }

    [Fact]
    public void The_victim_is_looked_at_with_every_sample_and_attacks_beside_each_other_with_those_they_share()
    {
        var outcome = s_uninterrupted.Value.Outcome;
        var victim = outcome.Victim.ShouldNotBeNull();
        victim.Samples.ShouldBe(outcome.Attacks[0].Attempted);
        (victim.NonFiniteLogits, victim.ZeroGradients).ShouldBe((0, 0));
        victim.Compared.ShouldBe(outcome.Attacks[3].Attempted);
        (victim.OnlyWithoutGradients + victim.NearerWithoutGradients).ShouldBeInRange(0, victim.Compared);
    }

    [Fact]
    public void Only_the_last_optimiser_state_is_kept()
    {
        var run = NewRun();
        run.Execute(ShuffleRecord.Empty);
        run.Artifacts.Files.Keys.Count(path => path.Contains("optimizer", StringComparison.Ordinal)).ShouldBe(1);
        run.Artifacts.Files.Keys.Count(path => path.Contains("epoch-", StringComparison.Ordinal)).ShouldBe(9);
    }

    [Fact]
    public void A_checkpoint_has_PyTorchs_names_shapes_and_order()
    {
        var run = NewRun();
        run.Execute(ShuffleRecord.Empty);
        var checkpoint = run.Facts.OfType<EpochTrained>().Last().Checkpoint;
        SafeTensors.Read(run.Artifacts.Files[checkpoint.Path], checkpoint.Path)
            .Select(tensor => $"{tensor.Name} [{string.Join(",", tensor.Shape)}]").ShouldBe(
            [
                "conv1.weight [6,1,5,5]", "conv1.bias [6]", "conv2.weight [16,6,5,5]", "conv2.bias [16]",
                "fc1.weight [120,400]", "fc1.bias [120]", "fc2.weight [84,120]", "fc2.bias [84]", "fc3.weight [10,84]",
                "fc3.bias [10]",
            ]);
    }

    [Fact]
    public void Adversarial_images_are_floats_in_the_unit_box_beside_their_index_and_label()
    {
        var run = NewRun();
        run.Execute(ShuffleRecord.Empty);
        var crafted = run.Facts.OfType<AttackCrafted>().First();
        var arrays = Npz.Read(run.Artifacts.Files[crafted.Adversarial.Path], "fgsm");
        arrays["adversarial"].Shape.ShouldBe([crafted.Outcome.Succeeded, 1, 28, 28]);
        ((NpyArray<float>)arrays["adversarial"]).Values.ShouldAllBe(pixel => pixel >= 0 && pixel <= 1);
        var labels = ((NpyArray<int>)arrays["index"]).Values.Select(new PooledImages(s_data).Label);
        ((NpyArray<byte>)arrays["label"]).Values.ShouldBe(labels);
        var samples = Npz.Read(run.Artifacts.Files[crafted.Samples.Path], "fgsm");
        ((NpyArray<bool>)samples["success"]).Values.Count(success => success).ShouldBe(crafted.Outcome.Succeeded);
        samples["l2"].Shape.ShouldBe([crafted.Outcome.Attempted]);
    }

    [Fact]
    public void A_diverging_training_is_a_clear_failure_that_no_retry_can_help()
    {
        var run = NewRun(s_sweep with { Training = new TrainingSpec(2, 32, 1e30) });
        Should.Throw<ExperimentException>(() => run.Execute(ShuffleRecord.Empty)).Message
            .ShouldContain("Training diverged in epoch 1");
    }

    [Fact]
    public void Progress_grows_from_nothing_to_all()
    {
        var (run, fractions) = (NewRun(), new List<double>());
        run.Execute(ShuffleRecord.Empty, onProgress: progress => fractions.Add(progress.Fraction));
        fractions[0].ShouldBeInRange(0, 0.05);
        fractions[^1].ShouldBeInRange(0.7, 1);
        fractions.Zip(fractions.Skip(1)).ShouldAllBe(pair => pair.First <= pair.Second);
    }

    [Theory]
    [InlineData(new[] { 3 }, 1)]
    [InlineData(new[] { 3, 5, 5, 4 }, 2)]
    [InlineData(new[] { 1, 2, 3 }, 3)]
    public void The_reference_epoch_is_the_first_of_the_highest_test_accuracy(int[] correct, int expected) =>
        ReferenceLevel.Choose(correct).ShouldBe(expected);

    private static ShuffleRun NewRun(SweepSpec? sweep = null) => new(sweep ?? s_sweep, s_data);
}
