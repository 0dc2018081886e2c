using AdvFit.Learning.Data;
using AdvFit.Learning.Data.Splitting;
using AdvFit.Learning.Formats;
using AdvFit.Messages;
using static AdvFit.Experiments.Tests.ShuffleRun;

namespace AdvFit.Experiments.Tests.Knn;

/// <summary>The k-NN workflow on a small subsample of real images.</summary>
public sealed class KnnExperimentTests
{
    private const int Z = 5;

    private static readonly Dataset s_data = DatasetLoader.Load(DatasetFolders.Locate(null), "fashion-mnist-mini");

    private static readonly SweepSpec s_sweep = new(
        "test", "fashion-mnist-mini", new Subsample(640, 320), "lenet5", new TrainingSpec(3, 32, 0.003),
        [Attack("fgsm", null), Attack("hopskipjump", 40, ("query_budget", 100))], 2, 2020)
    {
        Knn = new KnnSpec(Z, TieRules.Smallest, EpochChoices.BestTest),
    };

    [Fact]
    public void A_shuffle_reports_epochs_then_neighbours_then_attacks_then_their_neighbours_then_its_outcome()
    {
        var run = Whole();
        run.Facts.Select(fact => fact switch
        {
            EpochTrained epoch => $"epoch {epoch.Epoch}",
            NeighboursFound found => $"neighbours {found.Subset}",
            AttackCrafted attack => attack.Outcome.Attack,
            ShuffleEvaluated => "outcome",
            _ => fact.ToString(),
        }).ShouldBe(
        [
            "epoch 1", "epoch 2", "epoch 3", "neighbours test", "neighbours train", "fgsm", "hopskipjump",
            "neighbours fgsm", "neighbours hopskipjump", "outcome",
        ]);
        run.Facts.ShouldAllBe(fact => fact.Shuffle == 2 && fact.Attempt == 7);
    }

    [Fact]
    public void At_Z_fail_and_adversarial_accuracy_are_zero_by_construction_and_each_step_keeps_some_of_the_one_before()
    {
        var run = Whole();
        var outcome = run.Outcome;
        outcome.Levels.ShouldBe([5, 3, 1]);
        outcome.ReferenceLevel.ShouldBe(Z);
        var (test, fail) = (outcome.Curves[1], outcome.Curves[2]);
        fail.Samples.ShouldBe(test.Samples - test.Correct[0]);
        outcome.Curves[2..].ShouldAllBe(curve => curve.Correct[0] == 0 && curve.Samples > 0);
        var network = outcome.Network.ShouldNotBeNull();
        network.BothCorrect.ShouldBeInRange(1, test.Correct[0]);
        outcome.Attacks[0].Attempted.ShouldBe(network.BothCorrect);
        outcome.Attacks[1].Attempted.ShouldBe(40);
        foreach (var (attack, curve) in outcome.Attacks.Zip(outcome.Curves[3..]))
        {
            var kept = attack.Transfer.ShouldNotBeNull();
            kept.Kept.ShouldBe(curve.Samples);
            kept.Kept.ShouldBeLessThan(attack.Succeeded);
            kept.L2.Count.ShouldBe(kept.Kept);
            kept.L2.Minimum.ShouldBeGreaterThanOrEqualTo(attack.L2.Minimum);
            kept.L2.Maximum.ShouldBeLessThanOrEqualTo(attack.L2.Maximum);
            attack.Succeeded.ShouldBeLessThanOrEqualTo(attack.Attempted);
        }
    }

    [Fact]
    public void A_train_sample_is_its_own_nearest_neighbour()
    {
        var run = Whole();
        run.Outcome.Curves[0].Correct[^1].ShouldBe(640);
        var arrays = Arrays(run, Subsets.Train);
        var (own, neighbours) = (Ints(arrays["index"]), Ints(arrays["neighbours"]));
        Enumerable.Range(0, own.Length).ShouldAllBe(sample => neighbours[sample * Z] == own[sample]);
    }

    [Fact]
    public void A_neighbours_file_holds_what_every_count_follows_from()
    {
        var run = Whole();
        var pool = new PooledImages(s_data);
        var arrays = Arrays(run, Subsets.Test);
        var (own, neighbours) = (Ints(arrays["index"]), Ints(arrays["neighbours"]));
        Ints(arrays["levels"]).ShouldBe([5, 3, 1]);
        arrays["neighbours"].Shape.ShouldBe([own.Length, Z]);
        arrays["predicted"].Shape.ShouldBe([3, own.Length]);
        // One neighbour votes for its own class.
        ((NpyArray<byte>)arrays["predicted"]).Values[^own.Length..]
            .ShouldBe(Enumerable.Range(0, own.Length).Select(sample => pool.Label(neighbours[sample * Z])));
        var train = StratifiedShuffle.Split(s_data, s_sweep.Seed, 2, s_sweep.Subsample).Train.ToHashSet();
        neighbours.ShouldAllBe(neighbour => train.Contains(neighbour));
    }

    [Fact]
    public void The_adversarial_set_is_what_fools_the_network_and_Z_nearest_neighbours()
    {
        var run = Whole();
        var found = Arrays(run, "fgsm");
        var crafted = run.Facts.OfType<AttackCrafted>().First();
        var images = Npz.Read(run.Artifacts.Files[crafted.Adversarial.Path], "fgsm");
        Ints(found["index"]).ShouldBe(Ints(images["index"]));
        var (labels, predicted) = (((NpyArray<byte>)found["label"]).Values, ((NpyArray<byte>)found["predicted"]).Values);
        var kept = Enumerable.Range(0, labels.Length).Where(sample => predicted[sample] != labels[sample]).ToList();
        var curve = run.Outcome.Curves[3];
        curve.Samples.ShouldBe(kept.Count);
        curve.Correct[^1].ShouldBe(kept.Count(sample => predicted[2 * labels.Length + sample] == labels[sample]));
    }

    [Theory]
    [InlineData(EpochChoices.BestTest)]
    [InlineData(EpochChoices.Last)]
    public void The_network_of_the_chosen_epoch_is_attacked(string choose)
    {
        const int Epochs = 9;
        var run = new ShuffleRun(
            s_sweep with
            {
                Knn = s_sweep.Knn! with { Choose = choose },
                Training = new TrainingSpec(Epochs, 32, 0.01),
                Attacks = [],
            },
            s_data);
        run.Execute(ShuffleRecord.Empty);
        var epochs = run.Facts.OfType<EpochTrained>().ToList();
        var best = ReferenceLevel.Choose([.. epochs.Select(epoch => epoch.TestCorrect)]);
        // Or else the choices would not differ.
        best.ShouldBeLessThan(Epochs);
        var network = run.Outcome.Network.ShouldNotBeNull();
        network.Epoch.ShouldBe(choose == EpochChoices.Last ? Epochs : best);
        network.TestCorrect.ShouldBe(epochs[network.Epoch - 1].TestCorrect);
    }

    [Fact]
    public void Ties_are_broken_as_the_spec_says()
    {
        var (smallest, nearest) = (Whole(), new ShuffleRun(s_sweep with { Knn = s_sweep.Knn! with { Ties = TieRules.Nearest } }, s_data));
        nearest.Execute(ShuffleRecord.Empty);
        nearest.Outcome.Curves[1].Correct.ShouldNotBe(smallest.Outcome.Curves[1].Correct);
        nearest.Outcome.Curves[1].Correct[^1].ShouldBe(smallest.Outcome.Curves[1].Correct[^1]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_one_thread_and_on_three()
    {
        var (one, three) = (Whole(), new ShuffleRun(s_sweep, s_data));
        three.Execute(ShuffleRecord.Empty, threads: 3);
        three.Hashes.ShouldBe(one.Hashes);
        Json(three.Outcome).ShouldBe(Json(one.Outcome));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void Stopped_after_any_fact_and_resumed_it_repeats_nothing_and_ends_the_same(int factsBefore)
    {
        var (whole, halves) = (Whole(), new ShuffleRun(s_sweep, s_data));
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
        Json(halves.Outcome).ShouldBe(Json(whole.Outcome));
    }

    [Fact]
    public void A_damaged_file_is_computed_anew_to_the_same_bytes()
    {
        var run = new ShuffleRun(s_sweep, s_data);
        run.Execute(ShuffleRecord.Empty);
        var (hashes, record, outcome) = (run.Hashes.ToList(), run.Record, Json(run.Outcome));
        run.Artifacts.Files[record.Of<NeighboursFound>()[0].Neighbours.Path] = [1, 2, 3];
        run.Artifacts.Files.TryRemove(record.Of<NeighboursFound>()[^1].Neighbours.Path, out _);
        run.Artifacts.Files.TryRemove(record.Of<AttackCrafted>()[0].Samples.Path, out _);
        run.Facts.Clear();
        run.Execute(record);
        run.Facts.OfType<NeighboursFound>().Select(found => found.Subset).ShouldBe(["test", "hopskipjump"]);
        run.Facts.OfType<AttackCrafted>().ShouldHaveSingleItem().Outcome.Attack.ShouldBe("fgsm");
        run.Hashes.ShouldBe(hashes);
        Json(run.Outcome).ShouldBe(outcome);
    }

    [Fact]
    public void Abandoned_in_the_middle_of_a_search_it_stops_and_reports_nothing_of_it()
    {
        var run = new ShuffleRun(s_sweep, s_data);
        using var abandon = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => run.Execute(
            ShuffleRecord.Empty, abandon: abandon,
            onProgress: progress => { if (progress.Stage == "neighbours train") { abandon.Cancel(); } }));
        run.Facts[^1].ShouldBeOfType<NeighboursFound>().Subset.ShouldBe("test");
    }

    [Fact]
    public void Progress_grows_from_nothing_to_all()
    {
        var (run, fractions) = (new ShuffleRun(s_sweep, s_data), new List<double>());
        run.Execute(ShuffleRecord.Empty, onProgress: progress => fractions.Add(progress.Fraction));
        fractions[0].ShouldBeInRange(0, 0.05);
        fractions[^1].ShouldBeInRange(0.7, 1);
        fractions.Zip(fractions.Skip(1)).ShouldAllBe(pair => pair.First <= pair.Second);
    }

    [Fact]
    public void Where_nothing_can_be_attacked_the_adversarial_sets_are_empty_and_the_shuffle_completes()
    {
        // A network that has hardly learnt anything, and three test samples.
        var run = new ShuffleRun(s_sweep with { Subsample = new Subsample(40, 3), Training = new TrainingSpec(1, 32, 1e-9) }, s_data);
        run.Execute(ShuffleRecord.Empty);
        run.Outcome.Network.ShouldNotBeNull().BothCorrect.ShouldBe(0);
        run.Outcome.Attacks.ShouldAllBe(attack => attack.Attempted == 0 && attack.Transfer!.Kept == 0);
        run.Outcome.Curves[3..].ShouldAllBe(curve => curve.Samples == 0);
    }

    /// <summary>An uninterrupted run; the same for all tests that only look at it.</summary>
    private static ShuffleRun Whole() => s_whole.Value;

    private static readonly Lazy<ShuffleRun> s_whole = new(() =>
    {
        var run = new ShuffleRun(s_sweep, s_data);
        run.Execute(ShuffleRecord.Empty);
        return run;
    });

    private static IReadOnlyDictionary<string, NpyArray> Arrays(ShuffleRun run, string subset)
    {
        var file = run.Facts.OfType<NeighboursFound>().Single(found => found.Subset == subset).Neighbours;
        return Npz.Read(run.Artifacts.Files[file.Path], subset);
    }

    private static int[] Ints(NpyArray array) => ((NpyArray<int>)array).Values;
}
