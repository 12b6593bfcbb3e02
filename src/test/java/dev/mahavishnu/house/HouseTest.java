package dev.mahavishnu.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.mahavishnu.cli.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

final class HouseTest {
  /** What stands where {@code Main} stands: the classes to ship, without the tests. */
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

  private static final House HOUSE = read();

  private static House read() {
    try {
      return House.read(Path.of("docs/house.md"));
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Test
  void the_page_has_its_tables_and_the_import_has_our_classes() {
    assertThat(HOUSE.rooms()).containsKeys("spec", "engine", "store", "cli").hasSizeGreaterThan(12);
    assertThat(HOUSE.owners()).containsKeys("org.mapdb", "System.out", "System.err");
    assertThat(OURS.contain(Main.class)).isTrue();
  }

  @Test
  void a_room_may_import_only_rooms_above_it_so_there_are_no_cycles() {
    Set<String> above = new HashSet<>();
    HOUSE
        .rooms()
        .forEach(
            (room, imports) -> {
              assertThat(above).as("rooms above " + room).containsAll(imports);
              above.add(room);
            });
    assertThat(above).as("rooms that own something").containsAll(owners());
  }

  private static Set<String> owners() {
    return HOUSE.owners().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  @Test
  void every_class_lives_in_a_room() {
    assertThat(classesByRoom()).isNotEmpty();
    assertThat(HOUSE.rooms().keySet()).containsAll(classesByRoom().keySet());
  }

  @Test
  void rooms_import_only_what_the_table_allows() {
    assertThat(OURS).isNotEmpty();
    assertThat(OURS.stream().flatMap(HOUSE::trespasses)).isEmpty();
  }

  @Test
  void what_has_owners_is_used_by_them_alone() {
    assertThat(OURS).isNotEmpty();
    assertThat(OURS.stream().flatMap(HOUSE::thefts)).isEmpty();
  }

  @Test
  void every_package_says_what_it_is_for_and_is_null_marked() {
    Set<String> packages = OURS.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(packages).isNotEmpty();
    assertThat(packages)
        .allSatisfy(
            name ->
                assertThat(
                        OURS.getPackage(name)
                            .tryGetPackageInfo()
                            .map(info -> info.isAnnotatedWith(NullMarked.class)))
                    .contains(true));
  }

  @Test
  void the_rules_bite_in_a_house_where_nothing_is_allowed() {
    House closed =
        new House(Map.of(), Map.of("picocli", Set.of("nobody"), "System.out", Set.of("nobody")));
    JavaClass main = OURS.get(Main.class);
    assertThat(closed.thefts(main)).isNotEmpty();
    assertThat(OURS.stream().filter(type -> closed.trespasses(type).findAny().isPresent()))
        .as("classes that use another room")
        .isNotEmpty();
  }

  private static Map<String, List<JavaClass>> classesByRoom() {
    return OURS.stream().collect(Collectors.groupingBy(House::room));
  }
}
