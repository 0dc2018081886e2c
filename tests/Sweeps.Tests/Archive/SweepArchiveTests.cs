using System.IO.Compression;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Archive;
using AdvFit.Sweeps.Housekeeping;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Repair;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Archive;

/// <summary>A sweep goes from one store to another whole or not at all.</summary>
public sealed class SweepArchiveTests : IDisposable
{
    private static readonly string Sweep = SweepId.Of(Some.Spec);

    private readonly TemporaryFolder _folder = new();
    private readonly SimulatedSweep _sweep = new();

    public SweepArchiveTests()
    {
        _sweep.Do(Some.Start());
        using var store = Open("here");
        Complete(store, 1);
        Complete(store, 2);
        _sweep.Do(new AssignNext());
        Report(store, 3);
        Record(store);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_imported_sweep_has_the_same_events_and_files_and_goes_on_where_it_was()
    {
        Export("a.advfit").Files.ShouldBe(2 * 7 + 3);

        Import("a.advfit", "there").ShouldBe(new ImportReport(Sweep, _sweep.Events.Count, 2 * 7 + 3));

        Texts("there").ShouldBe(Texts("here"));
        Files("there").ShouldBe(Files("here"));
        StoreRepair.Run(_folder.File("there"), TimeProvider.System).Files.ShouldBeEmpty();
        using var store = Open("there");
        Report(store, 3);
        Record(store);
        SweepReplay.Of(store.Journal, Sweep).State!.Plan.Next(_sweep.State.Shuffle(3).Done).ShouldNotBeNull().Phase.ShouldBe("attack");
    }

    [Fact]
    public void The_same_sweep_gives_the_same_archive()
    {
        Export("a.advfit");
        Export("b.advfit");
        File.ReadAllBytes(_folder.File("b.advfit")).ShouldBe(File.ReadAllBytes(_folder.File("a.advfit")));
    }

    [Fact]
    public void Without_images_completed_shuffles_come_as_housekeeping_leaves_them()
    {
        Export("a.advfit", withoutImages: true).Files.ShouldBe(2 * 3 + 3);

        Import("a.advfit", "there");

        StoreRepair.Run(_folder.File("there"), TimeProvider.System).Files.ShouldBeEmpty();
        using (var store = Open("there"))
        {
            StoreCleanup.Find(store, null).Files.ShouldBe(0);
            SweepReplay.Of(store.Journal, Sweep).State!.Completed.ShouldBe(2);
        }

        Import("a.advfit", "here").Events.ShouldBe(2);
    }

    [Fact]
    public void A_sweep_that_is_there_is_continued_and_nothing_of_it_is_overwritten()
    {
        Export("short.advfit");
        Import("short.advfit", "there");
        using (var store = Open("here"))
        {
            Report(store, 3);
            Record(store);
        }

        Export("long.advfit");

        Import("long.advfit", "there").Events.ShouldBe(1);
        Import("long.advfit", "there").ShouldBe(new ImportReport(Sweep, 0, 0));
        Should.Throw<SweepException>(() => Import("short.advfit", "there")).Message.ShouldContain("nothing to import");
        using (var store = Open("other"))
        {
            store.Journal.Add(Sweep, 0, Some.Time, [_sweep.Events[0], new SweepPaused()]);
        }

        Should.Throw<SweepException>(() => Import("long.advfit", "other")).Message.ShouldContain("from event 2 on");
        Texts("other").Count.ShouldBe(2);
    }

    [Fact]
    public void Files_that_the_store_lost_come_back()
    {
        Export("a.advfit");
        Import("a.advfit", "there");
        var lost = Directory.EnumerateFiles(_folder.File("there"), "*.bin", SearchOption.AllDirectories).First();
        File.WriteAllText(lost, "x");

        Import("a.advfit", "there").ShouldBe(new ImportReport(Sweep, 0, 1));

        Files("there").ShouldBe(Files("here"));
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_found_or_harmless_and_nothing_of_a_damaged_archive_is_imported()
    {
        Export("a.advfit");
        var (bytes, found) = (File.ReadAllBytes(_folder.File("a.advfit")), 0);
        for (var place = 0; place < bytes.Length; place += bytes.Length / 50)
        {
            var damaged = bytes.ToArray();
            damaged[place] ^= 4;
            File.WriteAllBytes(_folder.File("damaged.advfit"), damaged);
            try
            {
                Import("damaged.advfit", "there");
                Texts("there").ShouldBe(Texts("here"), $"byte {place}");
                Files("there").ShouldBe(Files("here"), $"byte {place}");
                using var store = Open("there");
                store.Forget(Sweep, Some.Time);
            }
            catch (StoreException error)
            {
                error.Message.ShouldContain("damaged.advfit");
                Texts("there").ShouldBeEmpty();
                Files("there").ShouldBeEmpty();
                found++;
            }
        }

        found.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        File.WriteAllText(_folder.File("text"), "text");
        Should.Throw<StoreException>(() => Import("text", "there")).Message.ShouldContain("is no archive of a sweep");
        ZipFile.CreateFromDirectory(Directory.CreateDirectory(_folder.File("empty")).FullName, _folder.File("zip"));
        Should.Throw<StoreException>(() => Import("zip", "there")).Message.ShouldContain("archive.json is missing");
        Should.Throw<StoreException>(() => Import("none", "there")).Message.ShouldContain("There is no archive");
    }

    [Fact]
    public void A_file_that_would_lie_outside_its_sweeps_folder_is_refused()
    {
        var planned = new SimulatedSweep();
        planned.Do(Some.Start());
        planned.Do(new AssignNext());
        var evil = Some.Epoch(1, 1, 1) with { Checkpoint = new Artifact("../../evil", new string('a', 64), 3) };
        planned.Report(evil);
        using (var store = Open("evil"))
        {
            store.Journal.Add(Sweep, 0, Some.Time, planned.Events);
        }

        Should.Throw<ArgumentException>(() => Export("evil.advfit", store: "evil"));
        Export("a.advfit");
        WriteEvents(_folder.File("a.advfit"), planned.Events);
        Should.Throw<StoreException>(() => Import("a.advfit", "there")).Message.ShouldContain("no path in a sweep's folder");
    }

    [Fact]
    public void A_damaged_file_is_not_exported()
    {
        File.WriteAllText(Directory.EnumerateFiles(_folder.File("here"), "*.bin", SearchOption.AllDirectories).First(), "x");

        Should.Throw<StoreException>(() => Export("a.advfit")).Message.ShouldContain("advfit repair");
    }

    /// <summary>Puts other events into an archive, with their own hash.</summary>
    private static void WriteEvents(string path, IEnumerable<SweepEvent> events)
    {
        var lines = events.Select(sweepEvent => ArchiveFormat.Write(new TimedEvent(Some.Time, sweepEvent)) + "\n").ToList();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines))));
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        zip.GetEntry(ArchiveFormat.EventsEntry)!.Delete();
        zip.GetEntry(ArchiveFormat.HeaderEntry)!.Delete();
        using (var entry = new StreamWriter(zip.CreateEntry(ArchiveFormat.EventsEntry).Open()))
        {
            entry.Write(string.Concat(lines));
        }

        using var header = new StreamWriter(zip.CreateEntry(ArchiveFormat.HeaderEntry).Open());
        header.Write($$"""{"format":"advfit-sweep","version":1,"sweep":"{{Sweep}}","events":{{lines.Count}},"events_sha256":"{{hash}}"}""");
    }

    private SweepStore Open(string store) => SweepStore.OpenForWriting(_folder.File(store), Some.Time);

    private ArchiveReport Export(string archive, bool withoutImages = false, string store = "here")
    {
        using var opened = Open(store);
        using var file = File.Create(_folder.File(archive));
        return SweepExport.Write(opened, Sweep, withoutImages, file);
    }

    private ImportReport Import(string archive, string store)
    {
        using var opened = Open(store);
        return SweepImport.Read(opened, _folder.File(archive));
    }

    private List<string> Texts(string store)
    {
        using var opened = Open(store);
        return [.. opened.Journal.Read(Sweep).Select(entry => $"{entry.At:O} {EventFormat.Write(entry.Event)}")];
    }

    private SortedDictionary<string, string> Files(string store) => new(Directory
        .EnumerateFiles(_folder.File(store), "*.bin", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(_folder.File(store), path), File.ReadAllText));

    private void Complete(SweepStore store, int shuffle)
    {
        _sweep.Do(new AssignNext());
        while (_sweep.State.Shuffle(shuffle).IsRunning)
        {
            Report(store, shuffle);
        }
    }

    /// <summary>What an honest executor reports next, with files that are there.</summary>
    private void Report(SweepStore store, int shuffle)
    {
        var artifacts = store.ArtifactsOf(Sweep);
        _sweep.Report(_sweep.NextFact(shuffle) switch
        {
            EpochTrained epoch => Trained(epoch),
            AttackCrafted attack => attack with { Adversarial = Write(attack.Adversarial), Samples = Write(attack.Samples) },
            var fact => fact,
        }).Rejection.ShouldBeNull();

        EpochTrained Trained(EpochTrained epoch)
        {
            if (epoch.Epoch > 1)
            {
                // As an executor does: of the optimizer states only the last is kept.
                Directory.EnumerateFiles(store.FolderOf(Sweep), $"o{epoch.Epoch - 1}-*", SearchOption.AllDirectories)
                    .Where(path => path.Contains($"shuffle-{shuffle:00}", StringComparison.Ordinal)).ToList().ForEach(File.Delete);
            }

            return epoch with
            {
                Checkpoint = Write(epoch.Checkpoint),
                Optimizer = Write(epoch.Optimizer),
                Predictions = Write(epoch.Predictions),
            };
        }

        Artifact Write(Artifact artifact) => artifacts.Write(
            $"shuffle-{shuffle:00}/{artifact.Path[..^"-0123456789ab.bin".Length]}", ".bin",
            System.Text.Encoding.UTF8.GetBytes($"{artifact.Path} of shuffle {shuffle}"));
    }

    private void Record(SweepStore store)
    {
        var recorded = store.Journal.Read(Sweep).Count();
        store.Journal.Add(Sweep, recorded, Some.Time, _sweep.Events.Skip(recorded));
    }
}
