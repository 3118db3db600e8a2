import type { Mutator } from "../mutator.ts";

export const sqlInjection: Mutator = {
  rule: "sql-injection",
  promise: "A value is pasted into the text of an SQL statement.",
  shapes: {
    csharp: [
      'var ‹third› = «new SqlCommand("SELECT * FROM orders WHERE id = " + ‹value›, connection)»;',
      "command.CommandText = «$\"DELETE FROM orders WHERE name = '{‹value›}'\"»;",
      "var sql = «string.Format(\"UPDATE orders SET status = '{0}'\", ‹value›)»;\nconnection.Execute(sql);",
      'var ‹third› = context.Orders.FromSqlRaw(«$"SELECT * FROM orders WHERE owner = {‹value›.Name}"»);',
      'string query = «"SELECT name FROM users WHERE id = \'" + ‹value› + "\'"»;\nvar ‹third› = new SqlCommand(query, connection);',
    ],
    ecmascript: [
      "«db.query(`SELECT * FROM users WHERE id = ${‹value›}`)»;",
      'const rows = await «connection.execute("DELETE FROM orders WHERE name = \'" + ‹value› + "\'")»;',
      "const sql = «`UPDATE users SET name = '${‹value›.‹field›}' WHERE id = 1`»;\nawait pool.query(sql);",
      '«db.all("SELECT id FROM orders WHERE owner = \'" + ‹value›.‹field› + "\' AND open = ?", [1])»;',
      "let query = \"SELECT * FROM orders\";\n«query += ` WHERE owner = '${‹value›}'`;»\nawait client.query(query);",
      "return «this.db.prepare(`INSERT INTO logs (text) VALUES ('${‹value›}')`).run()»;",
      "await «sequelize.query(`\n  SELECT *\n  FROM orders\n  WHERE total > ${‹value›}\n`)»;",
    ],
    go: [
      'rows, err := «db.Query("SELECT * FROM users WHERE id = " + ‹value›)»\n‹call›(rows, err)',
      "query := «fmt.Sprintf(\"DELETE FROM orders WHERE name = '%s'\", ‹value›)»\ndb.Exec(query)",
      "«db.QueryRowContext(ctx, fmt.Sprintf(\"SELECT total FROM orders WHERE name = '%s'\", ‹value›.‹field›))».Scan(&‹other›)",
      '_, err := «tx.Exec("UPDATE users SET name = \'" + ‹value› + "\' WHERE id = 1")»\n‹call›(err)',
    ],
    java: [
      'ResultSet rows = «statement.executeQuery("SELECT * FROM users WHERE id = " + ‹value›)»;',
      'String sql = «"DELETE FROM orders WHERE name = \'" + ‹value› + "\'"»;\nstatement.executeUpdate(sql);',
      'PreparedStatement ‹third› = «connection.prepareStatement("SELECT * FROM orders WHERE owner = \'" + ‹value›.getName() + "\'")»;',
      "var rows = «jdbcTemplate.queryForList(String.format(\"SELECT * FROM orders WHERE name = '%s'\", ‹value›))»;",
      'Query ‹third› = «entityManager.createNativeQuery("UPDATE users SET status = 1 WHERE id = " + ‹value›)»;',
    ],
    php: [
      '$rows = «$pdo->query("SELECT * FROM users WHERE id = $‹value›")»;',
      '$rows = «mysqli_query($connection, "SELECT * FROM users WHERE name = \'" . $‹value› . "\'")»;',
      '$sql = «"DELETE FROM orders WHERE id = " . $_GET["‹field›"]»;\n$db->exec($sql);',
      "«$this->db->query(\"UPDATE users SET name = '{$‹value›['‹field›']}' WHERE id = 1\");»",
      "$‹third› = «$pdo->prepare(\"SELECT * FROM orders WHERE name = '{$‹value›}' AND id = ?\")»;",
      "$sql = «sprintf(\"INSERT INTO logs (text) VALUES ('%s')\", $‹value›)»;\n$pdo->exec($sql);",
    ],
    python: [
      '«cursor.execute("SELECT * FROM users WHERE id = " + ‹value›)»',
      "«cursor.execute(f\"DELETE FROM orders WHERE name = '{‹value›}'\")»",
      "query = «\"UPDATE users SET name = '%s'\" % ‹value›»\ncursor.execute(query)",
      'rows = «db.execute("SELECT * FROM orders WHERE id = {}".format(‹value›.‹field›))».fetchall()',
      '«cursor.execute("""\n  SELECT *\n  FROM orders\n  WHERE owner = \'%s\'\n""" % ‹value›)»',
      "self.connection.execute(«f'INSERT INTO logs VALUES ({‹value›}, 1)'»)",
      '«cursor.executescript("DELETE FROM orders WHERE owner = \'" + ‹value› + "\'")»',
    ],
    rust: [
      'let rows = «client.query(&format!("SELECT * FROM users WHERE id = {}", ‹value›), &[])»;',
      "let sql = «format!(\"DELETE FROM orders WHERE name = '{}'\", ‹value›)»;\nconnection.execute(&sql, [])?;",
      "let ‹third› = «sqlx::query(&format!(\"SELECT * FROM orders WHERE name = '{‹value›}'\"))».fetch_all(&pool);",
      'let rows = connection.prepare(&(«"SELECT total FROM orders WHERE owner = ".to_string() + &‹value›»))?;',
    ],
  },
};
